import { Input, Radio } from 'antd';
import { useOptions } from '../../api/vocabulary.ts';
import { Field } from '../../ui/field.tsx';
import { Panel } from '../../ui/page.tsx';
import { DiagnosisChoice } from './diagnosis-choice.tsx';
import type { OrderDraft } from './draft.ts';
import { FormField, type Marks } from './form-field.tsx';
import { useOrdersText } from './texts.ts';
import { VisitFields } from './visit-fields.tsx';

interface PartProps {
  draft: OrderDraft;
  marks: Marks;
  onChange: (part: Partial<OrderDraft>) => void;
}

export function ClinicalPart({
  draft,
  marks,
  onChange,
  paired,
}: PartProps & { paired: { id: string; name: string }[] }) {
  const t = useOrdersText();
  const urgencies = useOptions('urgency');
  return (
    <Panel title={t('clinical')}>
      <Field label={t('urgency')}>
        <Radio.Group
          optionType="button"
          buttonStyle="solid"
          value={draft.urgency}
          options={urgencies}
          onChange={(event) => onChange({ urgency: event.target.value as OrderDraft['urgency'] })}
        />
      </Field>
      <FormField field="purpose" label={t('purpose')} marks={marks}>
        <Input.TextArea
          data-testid="purpose"
          autoSize={{ minRows: 2, maxRows: 8 }}
          maxLength={2000}
          placeholder={t('purposePlaceholder')}
          value={draft.purpose}
          onChange={(event) => onChange({ purpose: event.target.value })}
        />
      </FormField>
      <FormField field="history" label={t('history')} marks={marks}>
        <Input.TextArea
          data-testid="history"
          autoSize={{ minRows: 3, maxRows: 14 }}
          maxLength={4000}
          placeholder={t('historyPlaceholder')}
          value={draft.history}
          onChange={(event) => onChange({ history: event.target.value })}
        />
      </FormField>
      <FormField field="diagnosis" label={t('diagnosis')} marks={marks}>
        <DiagnosisChoice
          code={draft.diagnosisCode}
          text={draft.diagnosisText}
          hasError={marks.has('diagnosis')}
          onChange={onChange}
        />
      </FormField>
      <VisitFields draft={draft} marks={marks} paired={paired} onChange={onChange} />
    </Panel>
  );
}
