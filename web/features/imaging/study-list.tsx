import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Select, Space } from 'antd';
import { ask } from '../../api/queries.ts';
import { Failure } from '../../ui/failure.tsx';
import { Nothing } from '../../ui/nothing.tsx';
import { Records } from '../../ui/records.tsx';
import { SearchBox } from '../../ui/search-box.tsx';
import { shortTime } from '../../ui/time.ts';
import { type Tone, ToneTag } from '../../ui/tone-tag.tsx';
import { headerName } from './header-name.ts';
import type { ImagingSearch } from './imaging-search.ts';
import type { Study } from './study.ts';
import { StudyActs } from './study-acts.tsx';
import { useImagingText } from './texts.ts';

const pageSize = 30;
const states = ['receiving', 'unmatched', 'quarantined', 'matched', 'rejected'] as const;
const tones: Record<Study['state'], Tone> = {
  receiving: 'info',
  unmatched: 'warn',
  quarantined: 'bad',
  matched: 'good',
  rejected: 'quiet',
};

export function StudyList({ search, set }: { search: ImagingSearch; set: (change: ImagingSearch) => void }) {
  const t = useImagingText();
  const page = search.page ?? 1;
  const found = useQuery({
    ...ask('imaging', 'studies', {
      page,
      pageSize,
      q: search.q ?? '',
      state: search.state ? [search.state] : undefined,
    }),
    placeholderData: keepPreviousData,
  });
  const who = (study: Study) => headerName(study.headerName) || t('nameless');
  const state = (study: Study) => (
    <Space size={4} wrap>
      <ToneTag tone={tones[study.state]}>{t(study.state)}</ToneTag>
      {study.lateInstances > 0 && <ToneTag tone="warn">{t('late', { n: study.lateInstances })}</ToneTag>}
    </Space>
  );
  const order = (study: Study) =>
    study.orderId && (
      <Link to="/orders/$orderId" params={{ orderId: study.orderId }}>
        {study.orderNumber}
      </Link>
    );
  const what = (study: Study) =>
    [study.modalities.join('/'), study.description, study.accessionNumber].filter(Boolean).join(' · ');
  return (
    <>
      <Space wrap className="imaging-filter">
        <SearchBox value={search.q ?? ''} onSearch={(q) => set({ q: q || undefined })} placeholder={t('search')} />
        <Select
          value={search.state ?? ''}
          aria-label={t('state')}
          style={{ minWidth: 150 }}
          onChange={(value: ImagingSearch['state'] | '') => set({ state: value || undefined })}
          options={[{ value: '' as const, label: t('all') }, ...states.map((value) => ({ value, label: t(value) }))]}
        />
      </Space>
      {found.error && <Failure error={found.error} onRetry={() => void found.refetch()} />}
      <Records<Study>
        rows={found.data?.rows}
        total={found.data?.total ?? 0}
        page={page}
        pageSize={pageSize}
        onPage={(next) => set({ page: next })}
        rowKey={(study) => study.id}
        rowProps={(study) => ({ 'data-study': study.studyInstanceUid, 'data-state': study.state })}
        columns={[
          { title: t('state'), render: (_, study) => state(study) },
          { title: t('patient'), render: (_, study) => who(study) },
          { title: t('study'), render: (_, study) => what(study) },
          { title: t('count'), render: (_, study) => `${study.seriesCount} / ${study.instanceCount}` },
          { title: t('from'), render: (_, study) => study.facilityName },
          { title: t('received'), render: (_, study) => shortTime(study.receivedAt) },
          { title: t('order'), render: (_, study) => order(study) },
          { title: '', render: (_, study) => <StudyActs study={study} /> },
        ]}
        card={(study) => (
          <>
            <strong>{who(study)}</strong> {state(study)}
            <div>{what(study)}</div>
            <div className="muted">
              {study.facilityName} · {study.instanceCount} · {shortTime(study.receivedAt)}
            </div>
            {study.orderId && <div>{order(study)}</div>}
            <StudyActs study={study} />
          </>
        )}
        empty={<Nothing text={t('no-studies')}>{t('no-studies-hint')}</Nothing>}
      />
    </>
  );
}
