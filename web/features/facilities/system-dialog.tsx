import { Hl7SenderBody } from '@lianzhen/contracts/orders.ts';
import { App, Form, Input, Select } from 'antd';
import { useAct } from '../../api/queries.ts';
import { FacilitySelect, useManaged } from './facility-select.tsx';
import { fits } from './field-errors.ts';
import { SetupDialog } from './setup-dialog.tsx';
import { useSetupText } from './setup-texts.ts';

interface Fields {
  facilityId: string;
  application: string;
  sendingFacility: string;
  addresses: string[];
}

/** Makes a hospital's system known, by what its messages say and where they come from. */
export function SystemDialog({ onClose }: { onClose: () => void }) {
  const t = useSetupText();
  const facilities = useManaged();
  const { message } = App.useApp();
  const [form] = Form.useForm<Fields>();
  const register = useAct('orders', 'registerSender', {
    onSuccess: () => {
      void message.success(t('saved'));
      onClose();
    },
  });
  const required = { required: true, whitespace: true, message: t('required') };
  const own = facilities[0];
  return (
    <SetupDialog<Fields>
      title={t('new-system')}
      act={t('create')}
      note={t('systems-note')}
      form={form}
      initialValues={{ ...(own ? { facilityId: own.id, sendingFacility: own.code } : {}), addresses: [] }}
      isBusy={register.isPending}
      error={register.error}
      onSave={(fields) => register.mutate(fields)}
      onClose={onClose}
    >
      <FacilitySelect facilities={facilities} />
      <Form.Item name="application" label={t('application')} rules={[required]}>
        <Input maxLength={60} placeholder="HIS" />
      </Form.Item>
      <Form.Item name="sendingFacility" label={t('sending-facility')} rules={[required]}>
        <Input maxLength={60} />
      </Form.Item>
      <Form.Item
        name="addresses"
        label={t('addresses')}
        extra={t('addresses-hint')}
        rules={[
          { required: true, type: 'array', min: 1, message: t('required') },
          fits(Hl7SenderBody.shape.addresses, t('not-accepted')),
        ]}
      >
        <Select mode="tags" open={false} suffixIcon={null} tokenSeparators={[' ', ',', '，', ';', '；']} />
      </Form.Item>
    </SetupDialog>
  );
}
