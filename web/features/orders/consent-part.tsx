import { Input, Select } from 'antd';
import { useOptions } from '../../api/vocabulary.ts';
import { Panel } from '../../ui/page.tsx';
import { ConsentTime } from './consent-time.tsx';
import type { OrderDraft } from './draft.ts';
import { FormField, type Marks } from './form-field.tsx';
import { useOrdersText } from './texts.ts';

interface ConsentPartProps {
  draft: OrderDraft;
  marks: Marks;
  onChange: (part: Partial<OrderDraft>) => void;
}

/** Who consents, as what, how and when. The patient's own name is filled in where they consent themselves. */
export function ConsentPart({ draft, marks, onChange }: ConsentPartProps) {
  const t = useOrdersText();
  const relations = useOptions('relation') as { value: NonNullable<OrderDraft['consentRelation']>; label: string }[];
  const methods = useOptions('consentMethod') as { value: NonNullable<OrderDraft['consentMethod']>; label: string }[];
  const relate = (consentRelation: OrderDraft['consentRelation']) => {
    const own = draft.patient?.name ?? '';
    const isOwnName = draft.consentSigner === own;
    if (consentRelation === 'self') onChange({ consentRelation, consentSigner: own || draft.consentSigner });
    else onChange({ consentRelation, consentSigner: isOwnName ? '' : draft.consentSigner });
  };
  return (
    <Panel title={t('consent')} extra={<span className="muted">{t('consentNote')}</span>}>
      <div className="pair">
        <FormField field="consentRelation" label={t('relation')} marks={marks}>
          <Select
            data-testid="consent-relation"
            placeholder={t('relation')}
            value={draft.consentRelation}
            options={relations}
            onChange={relate}
          />
        </FormField>
        <FormField field="consentSigner" label={t('signer')} marks={marks}>
          <Input
            data-testid="consent-signer"
            maxLength={64}
            value={draft.consentSigner}
            onChange={(event) => onChange({ consentSigner: event.target.value })}
          />
        </FormField>
      </div>
      <div className="pair">
        <FormField field="consentMethod" label={t('method')} marks={marks}>
          <Select
            data-testid="consent-method"
            placeholder={t('method')}
            value={draft.consentMethod}
            // Consent may be left for later only in an emergency (domain rule of the request).
            options={methods.map((method) => ({
              ...method,
              disabled: method.value === 'emergency' && draft.urgency !== 'emergency',
            }))}
            onChange={(consentMethod) => onChange({ consentMethod })}
          />
        </FormField>
        <FormField field="consentAt" label={t('consentAt')} marks={marks}>
          <ConsentTime value={draft.consentAt} onChange={(consentAt) => onChange({ consentAt })} />
        </FormField>
      </div>
    </Panel>
  );
}
