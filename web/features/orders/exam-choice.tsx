import { CloseOutlined } from '@ant-design/icons';
import type { ServiceLine } from '@lianzhen/contracts/facilities.ts';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Button, Radio, Select } from 'antd';
import { useState } from 'react';
import { ask } from '../../api/queries.ts';
import { useLanguage } from '../../api/texts.ts';
import { useErrorText, useOptions } from '../../api/vocabulary.ts';
import { answeredKeys } from '../../ui/answered-keys.ts';
import { useLater } from '../../ui/use-later.ts';
import type { DraftExam } from './draft.ts';
import { useOrdersText } from './texts.ts';

interface ExamChoiceProps {
  line: ServiceLine;
  exams: DraftExam[];
  onChange: (exams: DraftExam[]) => void;
  hasError: boolean;
}

/** Adds exams from the catalogue one after another; each that has sides asks for one right away. */
export function ExamChoice({ line, exams, onChange, hasError }: ExamChoiceProps) {
  const t = useOrdersText();
  const language = useLanguage();
  const why = useErrorText();
  const [typed, setTyped] = useState('');
  const q = useLater(typed.trim());
  const found = useQuery({ ...ask('orders', 'catalogue', { line, q }), placeholderData: keepPreviousData });
  const chosen = new Set(exams.map((exam) => exam.code));
  const rows = (found.data ?? []).filter((row) => !chosen.has(row.code));
  const modalities = [...new Set(rows.map((row) => row.modality))];
  const add = (code: string) => {
    const row = rows.find((candidate) => candidate.code === code);
    if (!row) return;
    const { name, nameEn, modality, hasSides } = row;
    onChange([...exams, { code, name: language === 'zh' ? name : nameEn, modality, hasSides, laterality: null }]);
    setTyped('');
  };
  return (
    <>
      <div {...answeredKeys({ typed, asked: q, ...found })}>
        <Select<string | null>
          className="full"
          aria-label={t('addExam')}
          data-testid="exam-search"
          placeholder={t('addExam')}
          value={null}
          status={hasError ? 'error' : ''}
          disabled={exams.length >= 10}
          showSearch={{ filterOption: false, searchValue: typed, onSearch: setTyped }}
          loading={found.isFetching}
          notFoundContent={found.error ? why(found.error.code) : found.isFetching ? t('searching') : t('noExamFound')}
          onSelect={(code) => code && add(code)}
          options={modalities.map((modality) => ({
            label: modality,
            title: modality,
            options: rows
              .filter((row) => row.modality === modality)
              .map((row) => ({ value: row.code, label: language === 'zh' ? row.name : row.nameEn })),
          }))}
        />
      </div>
      {exams.map((exam) => (
        <ChosenExam
          key={exam.code}
          exam={exam}
          onChange={(next) => onChange(exams.map((other) => (other.code === exam.code ? next : other)))}
          onRemove={() => onChange(exams.filter((other) => other.code !== exam.code))}
        />
      ))}
    </>
  );
}

interface ChosenExamProps {
  exam: DraftExam;
  onChange: (exam: DraftExam) => void;
  onRemove: () => void;
}

function ChosenExam({ exam, onChange, onRemove }: ChosenExamProps) {
  const t = useOrdersText();
  const sides = useOptions('laterality');
  return (
    <div className="chosen-exam" data-testid="chosen-exam">
      <span className="muted num">{exam.modality}</span>
      <span className="strong">{exam.name}</span>
      {exam.hasSides && (
        <Radio.Group
          aria-label={t('side')}
          optionType="button"
          size="small"
          value={exam.laterality}
          options={sides}
          onChange={(event) => onChange({ ...exam, laterality: event.target.value as DraftExam['laterality'] })}
        />
      )}
      <Button
        type="text"
        size="small"
        icon={<CloseOutlined />}
        aria-label={t('removeExam', { name: exam.name })}
        onClick={onRemove}
      />
    </div>
  );
}
