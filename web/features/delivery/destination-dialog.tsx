import type { DestinationKind } from '@lianzhen/contracts/delivery.ts';
import { Alert, App, Form, Input, Modal, Select, Switch } from 'antd';
import { useState } from 'react';
import type { ApiError } from '../../api/api-error.ts';
import type { Outputs } from '../../api/client.ts';
import { useAct } from '../../api/queries.ts';
import { seatsFor, useSession } from '../../api/session.ts';
import { useOptions } from '../../api/vocabulary.ts';
import { Failure } from '../../ui/failure.tsx';
import { Field } from '../../ui/field.tsx';
import { ConfigFields } from './config-fields.tsx';
import { useDeliveryText } from './texts.ts';

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

/** A facility's channel. The facility and the kind of an existing one stay: its ledger tells of them. */
export function DestinationDialog({ destination, onClose }: DestinationDialogProps) {
  const t = useDeliveryText();
  const session = useSession();
  const kinds = useOptions('channel');
  const { message } = App.useApp();
  const seats = seatsFor(session, 'facility:manage');
  const [facilityId, setFacilityId] = useState(destination?.facilityId ?? seats[0]?.facilityId ?? '');
  const [kind, setKind] = useState<DestinationKind>(destination?.kind ?? 'hl7-mllp');
  const [name, setName] = useState(destination?.name ?? '');
  const [config, setConfig] = useState<Record<string, unknown>>(destination?.config ?? {});
  const [enabled, setEnabled] = useState(destination?.enabled ?? true);
  const [isTried, setTried] = useState(false);
  const onSuccess = () => {
    void message.success(t('saved'));
    onClose();
  };
  const create = useAct('delivery', 'createDestination', { onSuccess });
  const change = useAct('delivery', 'setDestination', { onSuccess });
  const error = create.error ?? change.error;
  const save = () => {
    setTried(true);
    if (!name.trim()) return;
    if (destination) change.mutate({ id: destination.id, revision: destination.revision, name, config, enabled });
    else create.mutate({ facilityId, kind, name, config });
  };
  return (
    <Modal
      open
      title={t(destination ? 'editDestination' : 'newDestination')}
      okText={t('save')}
      cancelText={t('cancel')}
      confirmLoading={create.isPending || change.isPending}
      mask={{ closable: false }}
      onOk={save}
      onCancel={onClose}
    >
      <Form layout="vertical" component="div">
        <Field label={t('facility')}>
          <Select
            disabled={destination !== undefined}
            value={facilityId}
            onChange={setFacilityId}
            options={
              destination
                ? [{ value: destination.facilityId, label: destination.facilityName }]
                : seats.map((seat) => ({ value: seat.facilityId, label: seat.name }))
            }
          />
        </Field>
        <Field label={t('kind')}>
          <Select
            disabled={destination !== undefined}
            value={kind}
            onChange={(next) => {
              setKind(next);
              setConfig({});
            }}
            options={kinds as { value: DestinationKind; label: string }[]}
          />
        </Field>
        <Field
          label={t('name')}
          required
          validateStatus={isTried && !name.trim() ? 'error' : ''}
          help={isTried && !name.trim() ? t('needName') : undefined}
        >
          <Input maxLength={60} value={name} onChange={(event) => setName(event.target.value)} />
        </Field>
        <div className="pair">
          <ConfigFields kind={kind} config={config} onChange={setConfig} refused={refusedSettings(error)} />
        </div>
        {destination && (
          <Field label={t('enabled')}>
            <Switch aria-label={t('enabled')} checked={enabled} onChange={setEnabled} />
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
