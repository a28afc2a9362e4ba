import type { ListedRule } from '@lianzhen/contracts/ecg-rules-draft.ts';
import { type Threshold, thresholdsOf } from '@lianzhen/contracts/ecg-rules-thresholds.ts';
import { Input, Switch } from 'antd';
import { useId } from 'react';
import { useLanguage } from '../../../api/texts.ts';
import { ToneTag } from '../../../ui/tone-tag.tsx';
import type { Edit } from './draft-state.ts';
import { ruleLines } from './rule-words.ts';
import { useRulesText } from './texts.ts';
import { ThresholdField } from './threshold-field.tsx';

interface DraftPatternProps {
  base: ListedRule;
  /** As it will be. */
  result: ListedRule;
  edit: Edit;
  faults: ReadonlySet<string>;
  /** Faults are shown only once somebody has tried to go on, but for numbers. */
  areAllShown: boolean;
  onChange: (change: Partial<Edit>) => void;
}

/** One pattern of a draft: on or off, its numbers, and the name that the alarm will say. */
export function DraftPattern(props: DraftPatternProps) {
  const { base, result, edit, faults, areAllShown, onChange } = props;
  const t = useRulesText();
  const language = useLanguage();
  const field = (name: string) => `patterns.${base.code}.${name}`;
  const thresholds = thresholdsOf(base);
  const isChanged = thresholds.some(({ at, value }) => edit.values[at] !== undefined && edit.values[at] !== value);
  const isSound = thresholds.every(({ at }) => !faults.has(field(at)));
  const isNamed = (isChanged && isSound) || edit.zh !== undefined || edit.en !== undefined;
  const isReasonMissing = areAllShown && faults.has(field('reason'));
  return (
    <section className="rules-pattern" data-testid="draft-rule" data-rule={base.code} aria-label={result[language]}>
      <header className="spread">
        <b>{result[language]}</b>
        <span className="row">
          <ToneTag tone={edit.off ? 'warn' : 'good'}>{t(edit.off ? 'off' : 'on')}</ToneTag>
          <Switch
            checked={!edit.off}
            aria-label={t('turnOff', { name: result[language] })}
            onChange={(isOn) => onChange({ off: !isOn })}
          />
        </span>
      </header>
      {edit.off ? (
        <>
          <Input
            aria-label={t('reason')}
            placeholder={t('reason')}
            maxLength={300}
            status={isReasonMissing ? 'error' : ''}
            value={edit.reason}
            onChange={(event) => onChange({ reason: event.target.value })}
            data-fault={faults.has(field('reason'))}
          />
          {isReasonMissing && <p className="field-error">{t('reasonNeeded')}</p>}
        </>
      ) : (
        <>
          <p className="muted rules-lines">{numbered(ruleLines(result, language))}</p>
          {thresholds.length === 0 && <p className="muted rules-lines">{t('byWords')}</p>}
          <div className="rules-numbers">
            {thresholds.map((threshold) => (
              <ThresholdField
                key={threshold.at}
                threshold={threshold}
                lines={base.anyOf.length > 1 ? linesOf(threshold) : ''}
                value={edit.values[threshold.at]}
                isFault={faults.has(field(threshold.at))}
                onChange={(value) => onChange({ values: { ...edit.values, [threshold.at]: value } })}
              />
            ))}
          </div>
          {isNamed && <Names {...props} />}
        </>
      )}
    </section>
  );
}

const ordinal = (index: number): string => String.fromCodePoint(0x2460 + index);
const numbered = (lines: readonly string[]): string =>
  lines.length > 1 ? lines.map((line, index) => `${ordinal(index)} ${line}`).join('\u2003') : (lines[0] ?? '');
const linesOf = ({ places }: Threshold): string =>
  `${places.map((place) => ordinal(Number(place.split('.')[0]))).join('')} `;

/** The alarm says the name: its numbers go along with the thresholds, and a person looks at them. */
function Names({ base, result, edit, faults, onChange }: DraftPatternProps) {
  const t = useRulesText();
  const id = useId();
  return (
    <>
      <p className="muted rules-lines">{t('nameHint')}</p>
      <div className="pair">
        {(['zh', 'en'] as const).map((language) => {
          const isFault = faults.has(`patterns.${base.code}.${language}`);
          return (
            <label key={language} className="rules-field" htmlFor={`${id}${language}`}>
              <span>{t(language === 'zh' ? 'nameZh' : 'nameEn')}</span>
              <Input
                id={`${id}${language}`}
                maxLength={100}
                status={isFault ? 'error' : ''}
                value={edit[language] ?? result[language]}
                onChange={(event) => onChange({ [language]: event.target.value })}
                data-fault={isFault}
              />
              {isFault && <span className="field-error">{t('nameNeeded')}</span>}
            </label>
          );
        })}
      </div>
    </>
  );
}
