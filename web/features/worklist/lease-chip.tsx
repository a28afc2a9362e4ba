import { LockOutlined } from '@ant-design/icons';
import { App, Button } from 'antd';
import { useLanguage } from '../../api/texts.ts';
import { spanText } from '../../ui/time.ts';
import { useWorklistText } from './texts.ts';
import type { Lease } from './use-lease.ts';

/** Says that the case is one's own, and renews it on a click. Short: by its sign and colour alone. */
export function LeaseChip({ lease, isShort }: { lease: Lease; isShort: boolean }) {
  const t = useWorklistText();
  const language = useLanguage();
  const { message } = App.useApp();
  if (!lease.hold) return null;
  const isSure = lease.state === 'mine';
  const name = t(isSure ? 'lease-mine' : 'lease-uncertain');
  const renew = async () => {
    await lease.renew();
    void message.success({ content: t('renewed'), key: 'renewed', duration: 1 });
  };
  return (
    <Button
      size="small"
      type="text"
      className={isSure ? 'lease-chip' : 'lease-chip lease-doubt'}
      icon={<LockOutlined />}
      aria-label={name}
      title={t('lease-mine-tip', { span: spanText(lease.spanMs, language) })}
      onClick={() => void renew()}
      data-testid="claim"
      data-lease={lease.state}
    >
      {!isShort && name}
    </Button>
  );
}
