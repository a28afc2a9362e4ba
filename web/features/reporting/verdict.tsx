import { Checkbox, Input, Radio } from 'antd';
import { proposePolarity } from './propose-polarity.ts';
import { type Body, cleanText, longest, type Missing } from './report-body.ts';
import { useReportingText } from './texts.ts';
import type { Fields } from './use-fields.ts';

interface VerdictProps {
  body: Body;
  isReadOnly: boolean;
  missing: readonly Missing[];
  fields: Fields;
  change: (part: Partial<Body>) => void;
}

/** Positive or negative, as the impression proposes until the doctor says otherwise; critical or not, and what. */
export function Verdict({ body, isReadOnly, missing, fields, change }: VerdictProps) {
  const t = useReportingText();
  const proposed = body.positive === null ? proposePolarity(body.impression) : null;
  const shown = body.positive ?? proposed;
  return (
    <div className="report-verdict">
      <span className="row">
        <Radio.Group
          aria-label={t('polarity')}
          className={proposed === null ? undefined : 'report-proposed'}
          disabled={isReadOnly}
          optionType="button"
          value={shown}
          onChange={(event) => change({ positive: event.target.value as boolean })}
          options={[
            { value: true, label: t('positive') },
            { value: false, label: t('negative') },
          ]}
          data-testid="polarity"
        />
        {proposed !== null && (
          <span className="muted report-hint" data-testid="proposed">
            {t('proposed')}
          </span>
        )}
        {missing.includes('positive') && <span className="field-error">{t('need-positive')}</span>}
      </span>
      <span className="row report-critical">
        <Checkbox
          disabled={isReadOnly}
          checked={body.critical}
          onChange={(event) => change({ critical: event.target.checked })}
          data-testid="critical"
        >
          <span className={body.critical ? 'tone-bad' : undefined}>{t('critical')}</span>
        </Checkbox>
        {body.critical && (
          <Input
            ref={(input) => {
              fields.criticalRef.current = input?.input ?? null;
            }}
            size="small"
            className="report-critical-text"
            readOnly={isReadOnly}
            status={missing.includes('criticalText') ? 'error' : ''}
            maxLength={longest.criticalText}
            placeholder={t('criticalText')}
            aria-label={t('criticalText')}
            value={body.criticalText ?? ''}
            onChange={(event) =>
              change({ criticalText: cleanText(event.target.value).replace(/[\n\t]/g, ' ') || null })
            }
            data-testid="critical-text"
          />
        )}
        {missing.includes('criticalText') && <span className="field-error">{t('need-criticalText')}</span>}
      </span>
    </div>
  );
}
