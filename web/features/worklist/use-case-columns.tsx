import type { TableColumnsType } from 'antd';
import type { KeyboardEvent, ReactNode } from 'react';
import { useLanguage } from '../../api/texts.ts';
import { shortTime, spanText } from '../../ui/time.ts';
import { EcgMarks, ExamNames, Holder, ImageCount, PatientName } from './case-parts.tsx';
import { CaseStateTag, UrgencyTag } from './case-state.tsx';
import { ClaimButton } from './claim-button.tsx';
import { waitingMs } from './due.ts';
import { DueClock } from './due-clock.tsx';
import type { HeldRow } from './held-rows.ts';
import { useWorklistText } from './texts.ts';
import type { Row } from './use-open-case.ts';
import type { SortKey, WorklistSearch } from './worklist-search.ts';

interface ColumnInput {
  search: WorklistSearch;
  set: (change: WorklistSearch) => void;
  now: Date;
  claimingId: string | undefined;
  onOpen: (row: Row) => void;
}

/** The queue's columns, the ones that decide first: what is urgent, whose, until when. */
export function useCaseColumns({ search, set, now, claimingId, onOpen }: ColumnInput): TableColumnsType<HeldRow<Row>> {
  const t = useWorklistText();
  const language = useLanguage();
  const head = (by: SortKey, label: string) => sortHead(by, label, search, set);
  const cell = (show: (row: Row) => ReactNode) => (_: unknown, held: HeldRow<Row>) => show(held.row);
  return [
    {
      ...head('priority', t('urgency')),
      render: cell((row) => (
        <span className="row">
          <UrgencyTag urgency={row.urgency} />
          <EcgMarks row={row} />
        </span>
      )),
    },
    { ...head('patient', t('patient')), render: cell((row) => <PatientName patient={row.patient} />) },
    { title: t('exams'), className: 'case-exams', render: cell((row) => <ExamNames exams={row.exams} />) },
    { title: t('from'), className: 'case-from', render: cell((row) => row.requestingFacility) },
    {
      ...head('submitted', t('waiting')),
      render: cell((row) => (
        <span className="num" title={shortTime(row.submittedAt, now)}>
          {spanText(waitingMs(row, now), language)}
        </span>
      )),
    },
    {
      ...head('due', t('due')),
      render: cell((row) =>
        row.dueAt ? <DueClock row={row} now={now} /> : <span className="muted">{t('noClock')}</span>,
      ),
    },
    {
      ...head('state', t('state')),
      render: (_, held) => (
        <span key={held.row.revision} className={held.isFresh ? 'case-fresh' : undefined}>
          {held.isGone ? <i className="muted">{t('gone')}</i> : <CaseStateTag state={held.row.state} />}
        </span>
      ),
    },
    { title: t('holder'), render: cell((row) => <Holder row={row} now={now} />) },
    { title: t('images'), render: cell((row) => <ImageCount row={row} />) },
    {
      title: t('act'),
      fixed: 'right',
      render: (_, { row, isGone }) =>
        !isGone && <ClaimButton row={row} now={now} isClaiming={claimingId === row.id} onOpen={onOpen} />,
    },
  ];
}

/** A head that sorts the whole queue at the hub, not only the page: once upwards, once downwards. */
function sortHead(by: SortKey, title: string, search: WorklistSearch, set: ColumnInput['set']) {
  const isOn = (search.sort ?? 'priority') === by;
  const isDown = isOn && search.direction === 'desc';
  const sort = () => set({ sort: by === 'priority' ? undefined : by, direction: isOn && !isDown ? 'desc' : undefined });
  return {
    title,
    sorter: true,
    sortOrder: isOn ? (isDown ? ('descend' as const) : ('ascend' as const)) : null,
    onHeaderCell: () => ({
      onClick: sort,
      onKeyDown: (event: KeyboardEvent) => {
        if (event.key === 'Enter') sort();
      },
      'data-sort': by,
    }),
  };
}
