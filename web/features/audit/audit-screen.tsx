import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { DatePicker, Input, Select } from 'antd';
import dayjs from 'dayjs';
import { ask } from '../../api/queries.ts';
import { Failure } from '../../ui/failure.tsx';
import { Nothing } from '../../ui/nothing.tsx';
import { Page } from '../../ui/page.tsx';
import { Records } from '../../ui/records.tsx';
import { fullTime } from '../../ui/time.ts';
import { ToneTag } from '../../ui/tone-tag.tsx';
import { useNarrow } from '../../ui/use-narrow.ts';
import { useActionName } from './action-names.ts';
import type { AuditSearch } from './audit-search.ts';
import { type Entry, EntryDetail } from './entry-detail.tsx';
import { useAuditText } from './texts.ts';
import { VerifyButton } from './verify-button.tsx';
import './audit.css';

const route = getRouteApi('/audit');
const pageSize = 50;

/** The trail of the region, for the auditor: who did what to whom, when, and whether the trail itself is whole. */
export function AuditScreen() {
  const t = useAuditText();
  const nameOf = useActionName();
  const isNarrow = useNarrow();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { action, actor, objectId, outcome, from, to } = search;
  const set = (change: Partial<AuditSearch>) =>
    void navigate({ search: { ...search, page: undefined, ...change }, replace: true });
  const page = search.page ?? 1;
  // The only page from which an auditor, who has none of a centre's menus, finds what its alarms are raised by.
  const hasRules = (useQuery(ask('ecg', 'ruleCentres')).data ?? []).length > 0;
  const input = { ...search, page, pageSize };
  const found = useQuery({ ...ask('audit', 'search', input), placeholderData: keepPreviousData });
  return (
    <Page
      title={t('title')}
      note={t('note')}
      actions={
        <>
          {hasRules && <Link to="/facilities/ecg-rules">{t('ecgRules')}</Link>}
          <VerifyButton />
        </>
      }
    >
      <div className="audit-filter">
        <Input.Search
          allowClear
          defaultValue={action}
          placeholder={t('action')}
          maxLength={60}
          onSearch={(text) => set({ action: text || undefined })}
        />
        <Input.Search
          allowClear
          defaultValue={actor}
          placeholder={t('actor')}
          maxLength={64}
          onSearch={(text) => set({ actor: text || undefined })}
        />
        <Input.Search
          allowClear
          defaultValue={objectId}
          placeholder={t('object')}
          maxLength={128}
          onSearch={(text) => set({ objectId: text || undefined })}
        />
        <Select
          value={outcome ?? ''}
          aria-label={t('outcome')}
          onChange={(value: AuditSearch['outcome'] | '') => set({ outcome: value || undefined })}
          options={(['', 'success', 'refused', 'failure'] as const).map((value) => ({
            value,
            label: t(value || 'all'),
          }))}
        />
        <DatePicker.RangePicker
          showTime
          allowEmpty
          value={[from ? dayjs(from) : null, to ? dayjs(to) : null]}
          placeholder={[t('from'), t('to')]}
          onChange={(range) => set({ from: range?.[0]?.toISOString(), to: range?.[1]?.toISOString() })}
        />
      </div>
      {found.error && <Failure error={found.error} onRetry={() => void found.refetch()} />}
      <Records<Entry>
        rows={found.data?.rows}
        total={found.data?.total ?? 0}
        page={page}
        pageSize={pageSize}
        onPage={(next) => set({ page: next })}
        rowKey={(entry) => `${entry.chain}/${entry.position}`}
        columns={[
          { title: t('time'), render: (_, entry) => fullTime(entry.at), width: 170 },
          { title: t('who'), render: (_, entry) => entry.actorName ?? t('system') },
          { title: t('where'), render: (_, entry) => entry.facilityName },
          {
            title: t('what'),
            render: (_, entry) => (
              <>
                {nameOf(entry.action)} <small className="muted">{entry.action}</small>
              </>
            ),
          },
          { title: t('outcome'), render: (_, entry) => <Outcome entry={entry} /> },
          { title: t('on'), render: (_, entry) => entry.objectType },
        ]}
        card={(entry) => (
          <>
            <strong>{nameOf(entry.action)}</strong> <Outcome entry={entry} />
            <div>
              {entry.actorName ?? t('system')} · {entry.facilityName} · {fullTime(entry.at)}
            </div>
          </>
        )}
        expand={(entry) =>
          isNarrow ? (
            <details>
              <summary>{t('detail')}</summary>
              <EntryDetail entry={entry} />
            </details>
          ) : (
            <EntryDetail entry={entry} />
          )
        }
        empty={<Nothing text={t('none')}>{t('none-hint')}</Nothing>}
      />
    </Page>
  );
}

function Outcome({ entry }: { entry: Entry }) {
  const t = useAuditText();
  const known = (['success', 'refused', 'failure'] as const).find((outcome) => outcome === entry.outcome);
  return <ToneTag tone={known === 'success' ? 'quiet' : 'bad'}>{known ? t(known) : entry.outcome}</ToneTag>;
}
