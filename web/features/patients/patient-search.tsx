import { UserAddOutlined } from '@ant-design/icons';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useState } from 'react';
import type { Outputs } from '../../api/client.ts';
import { ask } from '../../api/queries.ts';
import { useErrorText, useNames } from '../../api/vocabulary.ts';
import { answeredKeys } from '../../ui/answered-keys.ts';
import { useLater } from '../../ui/use-later.ts';
import { PersonLine } from './person-line.tsx';
import { usePatientsText } from './texts.ts';

type Row = Outputs['patients']['search']['rows'][number];

interface PatientSearchProps {
  hasError: boolean;
  onPick: (row: Row) => void;
  onCreate: (q: string) => void;
}

const newPatient = 'new';
const failed = 'failed';

/** One box for name, pinyin, initials and numbers; arrows and Enter choose; the last line records a new patient. */
export function PatientSearch({ hasError, onPick, onCreate }: PatientSearchProps) {
  const t = usePatientsText();
  const names = useNames();
  const why = useErrorText();
  const [typed, setTyped] = useState('');
  const q = useLater(typed.trim());
  const found = useQuery({
    ...ask('patients', 'search', { q, page: 1, pageSize: 12 }),
    enabled: q.length > 0,
    placeholderData: keepPreviousData,
  });
  const rows = q ? (found.data?.rows ?? []) : [];
  return (
    <div {...answeredKeys({ typed, asked: q, ...found })}>
      <Select<string | null>
        className="full"
        aria-label={t('searchPatients')}
        data-testid="patient-search"
        placeholder={t('searchPatients')}
        value={null}
        status={hasError ? 'error' : ''}
        showSearch={{ filterOption: false, searchValue: typed, onSearch: setTyped }}
        loading={found.isFetching}
        defaultActiveFirstOption
        onSelect={(id) => {
          const row = rows.find((candidate) => candidate.id === id);
          if (row) onPick(row);
          else onCreate(typed.trim());
        }}
        options={[
          ...rows.map((row) => ({
            value: row.id,
            label: (
              <span className="patient-option">
                <PersonLine person={row} />
                <span className="muted num">
                  {row.identifiers[0] && `${names('identifier', row.identifiers[0].type)} ${row.identifiers[0].value}`}
                </span>
              </span>
            ),
          })),
          // Nobody is to be taken for new only because the search did not get through.
          ...(found.error ? [{ value: failed, disabled: true, label: why(found.error.code) }] : []),
          {
            value: newPatient,
            label: (
              <span data-testid="new-patient-option">
                <UserAddOutlined /> {typed.trim() ? t('createNamed', { q: typed.trim() }) : t('newPatient')}
              </span>
            ),
          },
        ]}
      />
    </div>
  );
}
