import { Button, DatePicker, Input, Select, Space } from 'antd';
import dayjs from 'dayjs';
import { useOptions } from '../../api/vocabulary.ts';
import { Field } from '../../ui/field.tsx';
import { Panel } from '../../ui/page.tsx';
import type { PartProps } from './part-props.ts';
import { anchorOf, type RequestDraft } from './request-draft.ts';
import { useConsultationText } from './texts.ts';

type Consent = RequestDraft['consent'];

/** Who consents, as what, how and when; the patient's own name stands there where they consent themselves. */
export function ConsentPart({ draft, missing, onChange, patientName }: PartProps & { patientName: string }) {
  const t = useConsultationText();
  const relations = useOptions('relation') as { value: NonNullable<Consent['relation']>; label: string }[];
  const methods = useOptions('consentMethod') as { value: NonNullable<Consent['method']>; label: string }[];
  const { consent } = draft;
  const set = (part: Partial<Consent>) => onChange({ consent: { ...consent, ...part } });
  const relate = (relation: Consent['relation']) => {
    const isOwnName = consent.signer === patientName;
    const signer = relation === 'self' ? patientName || consent.signer : isOwnName ? '' : consent.signer;
    set({ relation, signer });
  };
  const setTime = (at: dayjs.Dayjs | null) => set({ givenAt: at?.isValid() ? at.toISOString() : '' });
  return (
    <Panel title={t('consent')} extra={<span className="muted">{t('consentNote')}</span>}>
      <div id={anchorOf('consent')}>
        <div className="pair">
          <Field label={t('relation')} required>
            <Select value={consent.relation} options={relations} onChange={relate} data-testid="consent-relation" />
          </Field>
          <Field label={t('signer')} required>
            <Input
              maxLength={64}
              value={consent.signer}
              onChange={(event) => set({ signer: event.target.value })}
              data-testid="consent-signer"
            />
          </Field>
          <Field label={t('method')} required>
            <Select
              value={consent.method}
              options={methods.map((method) => ({
                ...method,
                disabled: method.value === 'emergency' && draft.urgency !== 'emergency',
              }))}
              onChange={(method) => set({ method })}
              data-testid="consent-method"
            />
          </Field>
          <Field label={t('consentAt')} required>
            <Space.Compact block>
              <DatePicker
                aria-label={t('consentAt')}
                className="full"
                showTime={{ format: 'HH:mm', defaultOpenValue: dayjs() }}
                needConfirm={false}
                format="YYYY-MM-DD HH:mm"
                value={consent.givenAt ? dayjs(consent.givenAt) : null}
                maxDate={dayjs().add(1, 'minute')}
                onChange={setTime}
              />
              <Button data-testid="consent-now" onClick={() => setTime(dayjs())}>
                {t('consentNow')}
              </Button>
            </Space.Compact>
          </Field>
        </div>
        {missing.includes('consent') && <p className="field-error">{t('need')}</p>}
      </div>
    </Panel>
  );
}
