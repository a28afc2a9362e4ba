import { ConsultationKind } from '@lianzhen/contracts/consultation-request.ts';
import { Urgency } from '@lianzhen/contracts/facilities.ts';
import { Input, Select } from 'antd';
import { useNames } from '../../api/vocabulary.ts';
import { Field } from '../../ui/field.tsx';
import { Panel } from '../../ui/page.tsx';
import type { PartProps } from './part-props.ts';
import { RequestField } from './request-field.tsx';
import { useConsultationText } from './texts.ts';

/** Why, what for, and what the expert has to know of the patient. */
export function WhatPart({ draft, missing, onChange }: PartProps) {
  const t = useConsultationText();
  const names = useNames();
  return (
    <Panel title={t('whatPart')}>
      <RequestField field="reason" label={t('reason')} missing={missing}>
        <Input.TextArea
          autoSize={{ minRows: 1, maxRows: 4 }}
          maxLength={1000}
          placeholder={t('reasonHint')}
          value={draft.reason}
          onChange={(event) => onChange({ reason: event.target.value })}
          data-testid="consultation-reason"
        />
      </RequestField>
      <RequestField field="purpose" label={t('purpose')} missing={missing}>
        <Input.TextArea
          autoSize={{ minRows: 2, maxRows: 6 }}
          maxLength={2000}
          placeholder={t('purposeHint')}
          value={draft.purpose}
          onChange={(event) => onChange({ purpose: event.target.value })}
          data-testid="consultation-purpose"
        />
      </RequestField>
      <RequestField field="summary" label={t('summary')} missing={missing}>
        <Input.TextArea
          autoSize={{ minRows: 4, maxRows: 14 }}
          maxLength={8000}
          placeholder={t('summaryHint')}
          value={draft.summary}
          onChange={(event) => onChange({ summary: event.target.value })}
          data-testid="consultation-summary"
        />
      </RequestField>
      <Field label={t('diagnosis')}>
        <Input
          maxLength={200}
          value={draft.diagnosisText}
          onChange={(event) => onChange({ diagnosisText: event.target.value })}
        />
      </Field>
      <div className="pair">
        <Field label={t('urgency')}>
          <Select
            value={draft.urgency}
            onChange={(urgency) => onChange({ urgency })}
            options={Urgency.options.map((value) => ({ value, label: names('urgency', value) }))}
          />
        </Field>
        <Field label={t('kind')}>
          <Select
            value={draft.kind}
            onChange={(kind) => onChange({ kind })}
            options={ConsultationKind.options.map((value) => ({ value, label: names('consultationKind', value) }))}
          />
        </Field>
      </div>
    </Panel>
  );
}
