import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Badge, Button } from 'antd';
import { useState } from 'react';
import type { Outputs } from '../../api/client.ts';
import { ask } from '../../api/queries.ts';
import { useMay } from '../../api/session.ts';
import { useLanguage } from '../../api/texts.ts';
import { useNames } from '../../api/vocabulary.ts';
import { Failure } from '../../ui/failure.tsx';
import { Nothing } from '../../ui/nothing.tsx';
import { Page } from '../../ui/page.tsx';
import { Records } from '../../ui/records.tsx';
import { SearchBox } from '../../ui/search-box.tsx';
import { ageText } from '../../ui/time.ts';
import { ToneTag } from '../../ui/tone-tag.tsx';
import { useKeys } from '../../ui/use-keys.ts';
import { PatientDialog } from './patient-dialog.tsx';
import { PersonLine } from './person-line.tsx';
import { usePatientsText } from './texts.ts';

type Row = Outputs['patients']['search']['rows'][number];
const pageSize = 20;

function useColumns() {
  const t = usePatientsText();
  const names = useNames();
  const language = useLanguage();
  return [
    {
      title: t('name'),
      render: (_: unknown, row: Row) => (
        <>
          <span className="strong">{row.name}</span> <span className="muted">{row.namePinyin}</span>
        </>
      ),
    },
    { title: t('sex'), render: (_: unknown, row: Row) => names('sex', row.sex) },
    {
      title: t('birthDate'),
      render: (_: unknown, row: Row) => (
        <span className="num">
          {row.birthDate} <span className="muted">{ageText(row.birthDate, language)}</span>
        </span>
      ),
    },
    { title: t('identifiers'), render: (_: unknown, row: Row) => <FirstNumber row={row} /> },
    { title: t('village'), render: (_: unknown, row: Row) => row.villageName },
    {
      title: '',
      render: (_: unknown, row: Row) => row.hasOpenDuplicates && <ToneTag tone="warn">{t('mayBeDouble')}</ToneTag>,
    },
  ];
}

function FirstNumber({ row }: { row: Row }) {
  const names = useNames();
  const [first] = row.identifiers;
  if (!first) return null;
  return (
    <span className="num">
      <span className="muted">{names('identifier', first.type)}</span> {first.value}
    </span>
  );
}

function PatientCard({ row }: { row: Row }) {
  const t = usePatientsText();
  return (
    <>
      <div className="spread">
        <PersonLine person={row} />
        {row.hasOpenDuplicates && <ToneTag tone="warn">{t('mayBeDouble')}</ToneTag>}
      </div>
      <div className="spread">
        <FirstNumber row={row} />
        <span className="muted">{row.villageName}</span>
      </div>
    </>
  );
}

function DuplicatesLink() {
  const t = usePatientsText();
  const open = useQuery(ask('patients', 'duplicates'));
  return (
    <Link to="/patients/duplicates">
      <Badge count={open.data?.length ?? 0} size="small" offset={[10, 0]}>
        {t('duplicates')}
      </Badge>
    </Link>
  );
}

export function PatientsScreen() {
  const t = usePatientsText();
  const may = useMay();
  const navigate = useNavigate();
  const { q, page } = useSearch({ from: '/patients' });
  const [isNew, setNew] = useState(false);
  const columns = useColumns();
  const found = useQuery({ ...ask('patients', 'search', { q, page, pageSize }), placeholderData: keepPreviousData });
  const canWrite = may('patient:write');
  useKeys(canWrite ? { n: () => setNew(true) } : {});
  const open = (row: Pick<Row, 'id'>) => void navigate({ to: '/patients/$patientId', params: { patientId: row.id } });
  return (
    <Page
      title={t('patients')}
      actions={
        <>
          {may('patient:merge') && <DuplicatesLink />}
          {canWrite && (
            <Button onClick={() => setNew(true)} data-testid="register-patient">
              {t('newPatient')} <kbd>n</kbd>
            </Button>
          )}
        </>
      }
    >
      <div className="bar">
        <SearchBox
          autoFocus
          value={q}
          placeholder={t('searchPatients')}
          onSearch={(next) => void navigate({ to: '/patients', search: { q: next, page: 1 }, replace: true })}
        />
      </div>
      {found.error && <Failure error={found.error} onRetry={() => void found.refetch()} />}
      {(found.data || !found.error) && (
        <Records<Row>
          rows={found.data?.rows}
          total={found.data?.total ?? 0}
          page={page}
          pageSize={pageSize}
          onPage={(next) => void navigate({ to: '/patients', search: { q, page: next } })}
          rowKey={(row) => row.id}
          columns={columns}
          card={(row) => <PatientCard row={row} />}
          onOpen={open}
          rowProps={(row) => ({ 'data-testid': 'patient-row', 'data-patient-id': row.id })}
          empty={<Nothing text={q ? t('noneFound', { q }) : t('noPatients')} />}
        />
      )}
      {isNew && <PatientDialog onClose={() => setNew(false)} onDone={open} />}
    </Page>
  );
}
