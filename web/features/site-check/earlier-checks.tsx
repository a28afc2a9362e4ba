import type { SiteCheckView } from '@lianzhen/contracts/site-check.ts';
import { useQuery } from '@tanstack/react-query';
import { Button, Table } from 'antd';
import { useState } from 'react';
import { ask } from '../../api/queries.ts';
import { Loaded } from '../../ui/loaded.tsx';
import { Nothing } from '../../ui/nothing.tsx';
import { Panel } from '../../ui/page.tsx';
import { shortTime } from '../../ui/time.ts';
import { ToneTag } from '../../ui/tone-tag.tsx';
import { rateText } from './finding-value.ts';
import { useSiteCheckText } from './texts.ts';

const pageSize = 20;
const tones = { pass: 'good', warn: 'warn', fail: 'bad' } as const;

/** Of one's own facility and, for who runs a county's or a township's, of those below it. */
export function EarlierChecks({ onShow }: { onShow: (check: SiteCheckView) => void }) {
  const t = useSiteCheckText();
  const [page, setPage] = useState(1);
  const checks = useQuery(ask('siteCheck', 'list', { page, pageSize }));
  return (
    <Panel title={t('earlier')} className="site-earlier">
      <Loaded query={checks} rows={3}>
        {({ rows, total }) =>
          rows.length === 0 ? (
            <Nothing text={t('none')} />
          ) : (
            <Table<SiteCheckView>
              rowKey="id"
              size="small"
              scroll={{ x: 'max-content' }}
              dataSource={rows}
              pagination={{ current: page, total, pageSize, onChange: setPage, hideOnSinglePage: true }}
              columns={[
                { title: t('checked-at'), render: (_, { at }) => shortTime(at) },
                { title: t('facility'), render: (_, { facility, place }) => `${facility.name} ${place}` },
                {
                  title: t('result'),
                  render: (_, { verdict }) => <ToneTag tone={tones[verdict]}>{t(verdict)}</ToneTag>,
                },
                { title: t('item-down'), render: (_, { measured }) => rateText(measured.bandwidth.downKbps) },
                { title: t('item-up'), render: (_, { measured }) => rateText(measured.bandwidth.upKbps) },
                { title: t('checked-by'), dataIndex: 'byName' },
                {
                  title: '',
                  render: (_, check) => (
                    <Button size="small" onClick={() => onShow(check)} data-testid="show-site-check">
                      {t('open')}
                    </Button>
                  ),
                },
              ]}
            />
          )
        }
      </Loaded>
    </Panel>
  );
}
