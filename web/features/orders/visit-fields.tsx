import { Input, Select } from 'antd';
import { Field } from '../../ui/field.tsx';
import type { OrderDraft } from './draft.ts';
import { FormField, type Marks } from './form-field.tsx';
import { useOrdersText } from './texts.ts';

interface VisitFieldsProps {
  draft: OrderDraft;
  marks: Marks;
  paired: { id: string; name: string }[];
  onChange: (part: Partial<OrderDraft>) => void;
}

/** What may be left empty: department, visit number, the paired hospital that is to hear of the result. */
export function VisitFields({ draft, marks, paired, onChange }: VisitFieldsProps) {
  const t = useOrdersText();
  return (
    <div className="trio">
      <Field label={t('department')}>
        <Input
          maxLength={60}
          value={draft.department}
          onChange={(event) => onChange({ department: event.target.value })}
        />
      </Field>
      <Field label={t('visitNumber')}>
        <Input
          maxLength={40}
          value={draft.visitNumber}
          onChange={(event) => onChange({ visitNumber: event.target.value })}
        />
      </Field>
      {paired.length > 0 && (
        <FormField field="paired" label={t('paired')} marks={marks} isOptional>
          <Select
            value={draft.pairedFacilityId}
            onChange={(pairedFacilityId) => onChange({ pairedFacilityId })}
            options={[
              { value: '', label: t('noPaired') },
              ...paired.map((facility) => ({ value: facility.id, label: facility.name })),
            ]}
          />
        </FormField>
      )}
    </div>
  );
}
