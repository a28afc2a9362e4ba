import { DatePicker, Input } from 'antd';
import dayjs from 'dayjs';
import { Field } from '../../../ui/field.tsx';
import type { Draft } from './draft-state.ts';
import { useRulesText } from './texts.ts';

interface DraftSourceProps {
  draft: Draft;
  /** Where the centre is. */
  today: string;
  isSourceMissing: boolean;
  onChange: (change: Partial<Pick<Draft, 'source' | 'validFrom' | 'note'>>) => void;
}

/** By what document, from which day, and why. */
export function DraftSource({ draft, today, isSourceMissing, onChange }: DraftSourceProps) {
  const t = useRulesText();
  const { source, validFrom, note } = draft;
  const last = dayjs(today).add(1, 'year');
  return (
    <div className="rules-form">
      <Field
        layout="vertical"
        label={t('source')}
        required
        {...(isSourceMissing ? { validateStatus: 'error', help: t('sourceNeeded') } : { extra: t('sourceHint') })}
      >
        <Input
          maxLength={300}
          value={source}
          onChange={(event) => onChange({ source: event.target.value })}
          data-testid="rules-source"
          data-fault={isSourceMissing}
        />
      </Field>
      <Field
        layout="vertical"
        label={t('validFrom')}
        required
        extra={t(validFrom === today ? 'validToday' : 'validLater')}
      >
        <DatePicker
          allowClear={false}
          value={dayjs(validFrom)}
          minDate={dayjs(today)}
          maxDate={last}
          onChange={(day) => onChange({ validFrom: day?.format('YYYY-MM-DD') ?? today })}
          data-testid="rules-from"
        />
      </Field>
      <Field layout="vertical" label={t('remark')}>
        <Input
          maxLength={300}
          placeholder={t('remarkHint')}
          value={note}
          onChange={(event) => onChange({ note: event.target.value })}
        />
      </Field>
    </div>
  );
}
