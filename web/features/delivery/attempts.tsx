import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import type { Outputs } from '../../api/client.ts';
import { ask } from '../../api/queries.ts';
import { Loaded } from '../../ui/loaded.tsx';
import { fullTime, shortTime } from '../../ui/time.ts';
import { useNarrow } from '../../ui/use-narrow.ts';
import { useDeliveryText } from './texts.ts';

type Row = Outputs['delivery']['list']['rows'][number];

/** Every try and what the other side said to it; asked for only once somebody wants to know. */
export function Attempts({ row }: { row: Row }) {
  const t = useDeliveryText();
  const isNarrow = useNarrow();
  const [isOpen, setOpen] = useState(false);
  if (isNarrow && !isOpen)
    return (
      <Button type="link" size="small" onClick={() => setOpen(true)}>
        {t('attempts', { n: row.attemptCount })}
      </Button>
    );
  return <AttemptList row={row} />;
}

function AttemptList({ row }: { row: Row }) {
  const t = useDeliveryText();
  const read = useQuery(ask('delivery', 'attempts', { id: row.id }));
  return (
    <Loaded query={read} rows={2}>
      {(attempts) => (
        <div className="stack">
          <span className="muted">
            {row.destinationName} ·{' '}
            {row.readAt ? t('readAt', { name: row.readByName ?? '', at: shortTime(row.readAt) }) : t('notRead')}
          </span>
          {attempts.length === 0 && <span>{t('noAttempts')}</span>}
          {attempts.map((attempt) => (
            <div key={attempt.number}>
              <span className="muted num">
                {t('attemptNumber', { n: attempt.number })} {fullTime(attempt.startedAt)}
              </span>{' '}
              {attempt.outcome ?? t('running')}
              {attempt.answer && <div className="keep-lines">{attempt.answer}</div>}
            </div>
          ))}
        </div>
      )}
    </Loaded>
  );
}
