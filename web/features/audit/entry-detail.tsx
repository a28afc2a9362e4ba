import { Descriptions } from 'antd';
import type { Outputs } from '../../api/client.ts';
import { fullTime } from '../../ui/time.ts';
import { useAuditText } from './texts.ts';

export type Entry = Outputs['audit']['search']['rows'][number];

/** Everything that one entry says, for who must explain it later. */
export function EntryDetail({ entry }: { entry: Entry }) {
  const t = useAuditText();
  const items = [
    { key: 'time', label: t('time'), children: fullTime(entry.at) },
    { key: 'action', label: t('what'), children: entry.action },
    { key: 'position', label: t('position'), children: `${entry.chain} / ${entry.position}` },
    { key: 'object', label: t('on'), children: `${entry.objectType ?? ''} ${entry.objectId ?? ''}` },
    { key: 'request', label: t('request'), children: entry.requestId },
    { key: 'address', label: t('address'), children: entry.address },
    { key: 'reason', label: t('reason'), children: entry.reason },
    { key: 'detail', label: t('detail'), children: <code className="audit-code">{JSON.stringify(entry.detail)}</code> },
    { key: 'hash', label: t('hash'), children: <code className="audit-code">{entry.hash}</code> },
  ];
  return <Descriptions size="small" column={{ xs: 1, lg: 2 }} items={items.filter((item) => item.children)} />;
}
