import type { DestinationKind } from '@lianzhen/contracts/delivery.ts';
import { Alert, App, Form, Input, Modal, Select, Switch } from 'antd';
import type { ApiError } from '../../api/api-error.ts';
import type { Outputs } from '../../api/client.ts';
import { seatsFor, useSession } from '../../api/session.ts';
import { useOptions } from '../../api/vocabulary.ts';
import { Failure } from '../../ui/failure.tsx';
import { Field } from '../../ui/field.tsx';
import { ConfigFields } from './config-fields.tsx';
import { useDeliveryText } from './texts.ts';
import { type DestinationForm, useDestination } from './use-destination.ts';

type Destination = Outputs['delivery']['destinations'][number];

interface DestinationDialogProps {
  /** Absent for a new one. */
  destination: Destination | undefined;
  onClose: () => void;
}

function refusedSettings(error: ApiError | null): string[] {
  const fields = error?.details.fields;
  if (!Array.isArray(fields)) return [];
  return fields.map((one: { field?: unknown }) => String(one?.field ?? '').replace(/^config\./, ''));
}

/** A facility's channel. */
export function DestinationDialog({ destination, onClose }: DestinationDialogProps) {
  const t = useDeliveryText();
  const session = useSession();
  const { message } = App.useApp();
  const [seat] = seatsFor(session, 'facility:manage');
  const { form, set, isNameless, error, isBusy, save } = useDestination(destination, seat?.facilityId ?? '', () => {
    void message.success(t('saved'));
    onClose();
  });
  return (
    <Modal
      open
      title={t(destination ? 'editDestination' : 'newDestination')}
      okText={t('save')}
      cancelText={t('cancel')}
      confirmLoading={isBusy}
      mask={{ closable: false }}
      onOk={save}
      onCancel={onClose}
    >
      <Form layout="vertical" component="div">
        <Whose destination={destination} form={form} onChange={set} />
        <Field
          label={t('name')}
          required
          validateStatus={isNameless ? 'error' : ''}
          help={isNameless ? t('needName') : undefined}
        >
          <Input maxLength={60} value={form.name} onChange={(event) => set({ name: event.target.value })} />
        </Field>
        <div className="pair">
          <ConfigFields
            kind={form.kind}
            config={form.config}
            onChange={(config) => set({ config })}
            refused={refusedSettings(error)}
          />
        </div>
        {destination && (
          <Field label={t('enabled')}>
            <Switch checked={form.enabled} onChange={(enabled) => set({ enabled })} />
          </Field>
        )}
      </Form>
      {error?.code === 'stale-revision' ? (
        <Alert type="warning" showIcon title={t('stale')} />
      ) : (
        error && <Failure error={error} />
      )}
    </Modal>
  );
}

interface WhoseProps {
  destination: Destination | undefined;
  form: DestinationForm;
  onChange: (part: Partial<DestinationForm>) => void;
}

/** Facility and kind of an existing channel stay: its ledger tells of them. */
function Whose({ destination, form, onChange }: WhoseProps) {
  const t = useDeliveryText();
  const session = useSession();
  const kinds = useOptions('channel') as { value: DestinationKind; label: string }[];
  const own = seatsFor(session, 'facility:manage').map((seat) => ({ value: seat.facilityId, label: seat.name }));
  return (
    <>
      <Field label={t('facility')}>
        <Select
          disabled={destination !== undefined}
          value={form.facilityId}
          onChange={(facilityId) => onChange({ facilityId })}
          options={destination ? [{ value: destination.facilityId, label: destination.facilityName }] : own}
        />
      </Field>
      <Field label={t('kind')}>
        <Select
          disabled={destination !== undefined}
          value={form.kind}
          onChange={(kind) => onChange({ kind, config: {} })}
          options={kinds}
        />
      </Field>
    </>
  );
}
