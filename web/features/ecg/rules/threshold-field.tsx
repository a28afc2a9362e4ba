import type { Threshold } from '@lianzhen/contracts/ecg-rules-thresholds.ts';
import { InputNumber } from 'antd';
import { useId } from 'react';
import { useLanguage } from '../../../api/texts.ts';
import { rangeText, signOf, thresholdName, unitName, valueText } from './rule-words.ts';
import { useRulesText } from './texts.ts';

interface ThresholdFieldProps {
  threshold: Threshold;
  /** Which of the pattern's lines it stands in, where there are several. */
  lines: string;
  /** What was entered, in the unit of the list; undefined while it is as before. */
  value: number | null | undefined;
  isFault: boolean;
  onChange: (value: number | null) => void;
}

const steps = { bpm: 5, ms: 50, s: 5, uV: 50, count: 1 } as const;

/** One number of a pattern with its unit and what may be entered. Nothing is corrected under somebody's hands. */
export function ThresholdField({ threshold, lines, value, isFault, onChange }: ThresholdFieldProps) {
  const t = useRulesText();
  const language = useLanguage();
  const id = useId();
  const { unit, op } = threshold;
  const scale = unit === 'uV' ? 1000 : 1;
  const shown = value === undefined ? threshold.value : value;
  const range = rangeText(threshold, language);
  const isChanged = value !== undefined && value !== threshold.value;
  return (
    <label className="rules-number" htmlFor={id}>
      <span>
        {lines}
        {thresholdName(threshold, language)} {signOf(op)}
      </span>
      <InputNumber
        id={id}
        status={isFault ? 'error' : ''}
        aria-invalid={isFault}
        aria-describedby={`${id}-range`}
        step={steps[unit] / scale}
        suffix={unitName(unit, language)}
        value={shown === null || Number.isNaN(shown) ? null : shown / scale}
        onChange={(next) => onChange(next === null ? null : Math.round(next * scale * 1000) / 1000)}
        data-at={threshold.at}
        data-fault={isFault}
      />
      <small id={`${id}-range`} className={isFault ? 'field-error' : 'muted'} role={isFault ? 'alert' : undefined}>
        {isFault ? t(unit === 'uV' ? 'outOfRange' : 'wholeNumber', { range }) : range}
        {threshold.what === 'runSeconds' && !isFault && ` · ${t('threeBeats')}`}
        {isChanged && <b> · {t('was', { value: valueText(unit, threshold.value, language) })}</b>}
      </small>
    </label>
  );
}
