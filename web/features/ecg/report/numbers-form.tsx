import type { EcgMeasurements } from '@lianzhen/contracts/ecg-measurements.ts';
import type { EcgNumbers } from '@lianzhen/contracts/ecg-report.ts';
import { Button, InputNumber, Select } from 'antd';
import { useState } from 'react';
import { leaveField } from '../../../ui/leave-field.ts';
import { ToneTag } from '../../../ui/tone-tag.tsx';
import { formulas, type NumberName, numbersOf, sameNumbers, withFormula } from '../numbers.ts';
import { useEcgText } from '../texts.ts';

/** The first six are always in sight. */
const usual = 6;
const shown: readonly [name: NumberName, unit: string][] = [
  ['heartRate', ''],
  ['prMs', 'ms'],
  ['qrsMs', 'ms'],
  ['qtMs', 'ms'],
  ['qtcMs', 'ms'],
  ['qrsAxis', '°'],
  ['pMs', 'ms'],
  ['pAxis', '°'],
  ['tAxis', '°'],
  ['rv5Uv', 'µV'],
  ['sv1Uv', 'µV'],
  ['rrMs', 'ms'],
];

interface NumbersFormProps {
  numbers: EcgNumbers;
  by: 'automatic' | 'person';
  /** What counts of the trace now: the newest of a person, else the proposal. */
  measured: EcgMeasurements | null;
  isReadOnly: boolean;
  onChange: (numbers: EcgNumbers, by: 'automatic' | 'person') => void;
}

/** The numbers that are signed with the report, and whose they are. */
export function NumbersForm({ numbers, by, measured, isReadOnly, onChange }: NumbersFormProps) {
  const t = useEcgText();
  const newest = numbersOf(measured, numbers.qtcFormula);
  const [isWhole, setWhole] = useState(false);
  // A picture, or a curve in which no program found anything: nobody has measured.
  const isEmpty = by === 'automatic' && shown.every(([name]) => numbers[name] === null);
  const isBehind = measured !== null && !sameNumbers(newest, numbers);
  return (
    <div className="ecg-numbers" data-testid="report-numbers" data-by={isEmpty ? 'nobody' : by}>
      <div className="ecg-numbers-head">
        <span className="report-label">{t('numbers')}</span>
        <ToneTag tone={by === 'person' ? 'good' : 'quiet'}>{t(isEmpty ? 'by-nobody' : `by-${by}`)}</ToneTag>
        <Select
          size="small"
          variant="borderless"
          aria-label={t('qtcFormula')}
          popupMatchSelectWidth={false}
          disabled={isReadOnly}
          value={numbers.qtcFormula}
          options={formulas.map((value) => ({ value, label: `QTc ${t(`formula-${value}`)}` }))}
          onChange={(formula) => onChange(withFormula(numbers, formula), by)}
          onSelect={leaveField}
        />
        <Button size="small" type="text" aria-expanded={isWhole} onClick={() => setWhole(!isWhole)}>
          {t(isWhole ? 'fewerNumbers' : 'allNumbers')}
        </Button>
        {isBehind && !isReadOnly && (
          <Button size="small" type="link" onClick={() => onChange(newest, by)} data-testid="take-numbers">
            {t('takeMeasured')}
          </Button>
        )}
      </div>
      <div className="ecg-number-grid">
        {(isWhole ? shown : shown.slice(0, usual)).map(([name, unit]) => (
          <div key={name} className="ecg-number">
            <span className="muted">{t(`number-${name}`)}</span>
            <InputNumber<number>
              size="small"
              aria-label={t(`number-${name}`)}
              controls={false}
              readOnly={isReadOnly}
              min={-100_000}
              max={100_000}
              precision={0}
              placeholder="—"
              suffix={unit}
              value={numbers[name]}
              onChange={(value) => onChange({ ...numbers, [name]: value }, 'person')}
              data-testid={`number-${name}`}
            />
          </div>
        ))}
      </div>
    </div>
  );
}
