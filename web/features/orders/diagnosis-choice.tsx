import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Input, Select } from 'antd';
import { useState } from 'react';
import { ask } from '../../api/queries.ts';
import { useErrorText } from '../../api/vocabulary.ts';
import { answeredKeys } from '../../ui/answered-keys.ts';
import { useLater } from '../../ui/use-later.ts';
import { useOrdersText } from './texts.ts';

interface DiagnosisChoiceProps {
  code: string;
  text: string;
  onChange: (diagnosis: { diagnosisCode: string; diagnosisText: string }) => void;
  hasError: boolean;
}

/** The code is chosen by search; the words beside it can be made more exact. */
export function DiagnosisChoice({ code, text, onChange, hasError }: DiagnosisChoiceProps) {
  const t = useOrdersText();
  const why = useErrorText();
  const [typed, setTyped] = useState('');
  const q = useLater(typed.trim());
  const found = useQuery({
    ...ask('orders', 'diagnoses', { q }),
    enabled: q.length > 0,
    placeholderData: keepPreviousData,
  });
  const rows = q ? (found.data ?? []) : [];
  return (
    <div className="diagnosis">
      <div {...answeredKeys({ typed, asked: q, ...found })}>
        <Select<string | null>
          className="full"
          aria-label={t('diagnosis')}
          data-testid="diagnosis-search"
          placeholder={t('diagnosisPlaceholder')}
          value={code || null}
          status={hasError ? 'error' : ''}
          showSearch={{ filterOption: false, onSearch: setTyped }}
          popupMatchSelectWidth={360}
          loading={found.isFetching}
          notFoundContent={
            !q
              ? t('diagnosisType')
              : found.error
                ? why(found.error.code)
                : t(found.isFetching ? 'searching' : 'noDiagnosis')
          }
          onSelect={(next) => {
            const row = rows.find((candidate) => candidate.code === next);
            if (row) onChange({ diagnosisCode: row.code, diagnosisText: row.name });
            setTyped('');
          }}
          options={rows.map((row) => ({ value: row.code, label: `${row.code}  ${row.name}` }))}
          labelRender={({ value }) => value}
        />
      </div>
      <Input
        aria-label={t('diagnosisText')}
        placeholder={t('diagnosisText')}
        maxLength={200}
        status={hasError && !text ? 'error' : ''}
        value={text}
        onChange={(event) => onChange({ diagnosisCode: code, diagnosisText: event.target.value })}
      />
    </div>
  );
}
