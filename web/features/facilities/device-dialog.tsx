import { AeTitle, NewDevice } from '@lianzhen/contracts/facility-setup.ts';
import { App, Form, Input, InputNumber, Switch } from 'antd';
import { useAct } from '../../api/queries.ts';
import type { Device } from './device.ts';
import { FacilitySelect, useManaged } from './facility-select.tsx';
import { fits } from './field-errors.ts';
import { SetupDialog } from './setup-dialog.tsx';
import { useSetupText } from './setup-texts.ts';
import { useFacilitiesText } from './texts.ts';

interface Fields {
  facilityId: string;
  aeTitle: string;
  name: string;
  modality?: string;
  host?: string;
  port?: number | null;
  enabled: boolean;
}

/** Makes a machine known, or changes what is known of it. */
export function DeviceDialog({ device, onClose }: { device: Device | undefined; onClose: () => void }) {
  const t = useSetupText();
  const words = useFacilitiesText();
  const facilities = useManaged();
  const { message } = App.useApp();
  const [form] = Form.useForm<Fields>();
  const onSuccess = () => {
    void message.success(t('saved'));
    onClose();
  };
  const create = useAct('facilities', 'createDevice', { onSuccess });
  const change = useAct('facilities', 'changeDevice', { onSuccess });
  const save = ({ facilityId, aeTitle, name, modality, host, port, enabled }: Fields) => {
    const facts = {
      ...{ aeTitle, name, port: port ?? null },
      ...{ modality: modality?.trim().toUpperCase() || null, host: host?.trim() || null },
    };
    if (device) change.mutate({ ...facts, id: device.id, revision: device.revision, enabled });
    else create.mutate({ ...facts, facilityId });
  };
  return (
    <SetupDialog<Fields>
      title={t(device ? 'edit-device' : 'new-device')}
      act={t(device ? 'save' : 'create')}
      form={form}
      initialValues={initial(device, facilities[0]?.id)}
      isBusy={create.isPending || change.isPending}
      error={create.error ?? change.error}
      onSave={save}
      onClose={onClose}
    >
      {!device && <FacilitySelect facilities={facilities} />}
      <Form.Item
        name="aeTitle"
        label={words('ae')}
        extra={t('ae-hint')}
        rules={[{ required: true, whitespace: true, message: t('required') }, fits(AeTitle, t('not-accepted'))]}
      >
        <Input maxLength={16} />
      </Form.Item>
      <Form.Item name="name" label={t('name')} rules={[{ required: true, whitespace: true, message: t('required') }]}>
        <Input maxLength={60} />
      </Form.Item>
      <DeviceDetails />
      {device && (
        <Form.Item name="enabled" label={t('enabled')} valuePropName="checked">
          <Switch />
        </Form.Item>
      )}
    </SetupDialog>
  );
}

const initial = (device: Device | undefined, facilityId: string | undefined): Partial<Fields> =>
  device
    ? { ...device, modality: device.modality ?? '', host: device.host ?? '' }
    : { ...(facilityId ? { facilityId } : {}), enabled: true };

function DeviceDetails() {
  const t = useSetupText();
  const fit = (field: 'modality' | 'host') => [fits(NewDevice.shape[field], t('not-accepted'))];
  return (
    <>
      <Form.Item
        name="modality"
        label={t('modality')}
        extra={t('modality-hint')}
        normalize={(value: string) => value.toUpperCase()}
        rules={fit('modality')}
      >
        <Input maxLength={16} />
      </Form.Item>
      <Form.Item name="host" label={t('host')} extra={t('host-hint')} rules={fit('host')}>
        <Input maxLength={253} />
      </Form.Item>
      <Form.Item name="port" label={t('port')}>
        <InputNumber min={1} max={65535} precision={0} />
      </Form.Item>
    </>
  );
}
