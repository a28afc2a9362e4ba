import { Button } from 'antd';
import { useEffect, useRef } from 'react';
import type { Outputs } from '../../api/client.ts';
import { Nothing } from '../../ui/nothing.tsx';
import { Records } from '../../ui/records.tsx';
import { useKeys } from '../../ui/use-keys.ts';
import { useNow } from '../../ui/use-now.ts';
import { CaseCard } from './case-card.tsx';
import type { HeldRow } from './held-rows.ts';
import { useWorklistText } from './texts.ts';
import { useCaseColumns } from './use-case-columns.tsx';
import { useHeldRows } from './use-held-rows.ts';
import { useHold } from './use-hold.ts';
import { type Row, useOpenCase } from './use-open-case.ts';
import { countConditions, tabOf, type WorklistSearch } from './worklist-search.ts';

interface QueueProps {
  data: Outputs['worklist']['list'] | undefined;
  /** The answer to an earlier question, shown until the present one is answered. */
  isOld: boolean;
  search: WorklistSearch;
  set: (change: WorklistSearch) => void;
  pageSize: number;
}

/** The rows of the queue, which stay where they are while somebody points at them. */
export function Queue({ data, isOld, search, set, pageSize }: QueueProps) {
  const t = useWorklistText();
  const now = useNow(15_000);
  const place = useRef<HTMLDivElement>(null);
  const { isHeld, letGo, parts } = useHold();
  const list = useHeldRows(data?.rows, JSON.stringify(search), isOld, isHeld);
  const { open, claimingId } = useOpenCase(search);
  const columns = useCaseColumns({ search, set, now, claimingId, onOpen: open });
  const focusRow = (event: KeyboardEvent) => {
    const rows = place.current?.querySelectorAll<HTMLElement>('[data-testid="case-row"]') ?? [];
    rows[event.key === 'ArrowUp' ? rows.length - 1 : 0]?.focus();
  };
  useKeys({ ArrowDown: focusRow, ArrowUp: focusRow });
  // Whoever came by the menu has the focus there, where the arrows would walk through the menu.
  const ground = useRef<HTMLDivElement>(null);
  useEffect(() => ground.current?.focus({ preventScroll: true }), []);
  return (
    <div ref={ground} tabIndex={-1} className="queue-ground">
      <div ref={place} className={isOld ? 'queue queue-old' : 'queue'} {...parts}>
        {list && list.unseen > 0 && (
          <div className="queue-news" role="status" data-testid="new-cases">
            {t('newCases', { n: list.unseen })}
            <Button size="small" type="primary" onClick={letGo}>
              {t('showNew')}
            </Button>
          </div>
        )}
        <Records<HeldRow<Row>>
          rows={list?.rows}
          total={data?.total ?? 0}
          page={search.page ?? 1}
          pageSize={pageSize}
          onPage={(page) => set({ page })}
          rowKey={(held) => held.row.id}
          columns={columns}
          card={(held) => <CaseCard held={held} now={now} isClaiming={claimingId === held.row.id} onOpen={open} />}
          onOpen={(held) => open(held.row)}
          rowProps={({ row, isGone, isFresh }) => ({
            'data-testid': 'case-row',
            'data-case-id': row.id,
            'data-state': row.state,
            ...(isGone ? { 'data-gone': 'true' } : {}),
            ...(isFresh ? { 'data-fresh': 'true' } : {}),
          })}
          empty={<EmptyQueue search={search} hasCentre={data?.centres.length !== 0} />}
        />
      </div>
    </div>
  );
}

function EmptyQueue({ search, hasCentre }: { search: WorklistSearch; hasCentre: boolean }) {
  const t = useWorklistText();
  if (!hasCentre) return <TwoLines first={t('noCentre')} second={t('noCentreNote')} />;
  const tab = tabOf(search);
  if (countConditions(search, ['state']) > 0 || !tab) return <Nothing text={t('emptyFound')} />;
  if (tab !== 'owed') return <Nothing text={t('emptyState', { state: t(`state-${tab}`) })} />;
  return <TwoLines first={t('emptyOwed')} second={t('emptyOwedNote')} />;
}

const TwoLines = ({ first, second }: { first: string; second: string }) => (
  <Nothing
    text={
      <>
        <strong>{first}</strong>
        <br />
        {second}
      </>
    }
  />
);
