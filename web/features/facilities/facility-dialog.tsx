import { App, Form, Input } from 'antd';
import { useAct } from '../../api/queries.ts';
import type { Managed } from './facility-select.tsx';
import { SetupDialog } from './setup-dialog.tsx';
import { useSetupText } from './setup-texts.ts';

interface Fields {
  name: string;
  nameEn?: string;
  phone?: string;
}

/** What may change of a facility: its names and its telephone. */
export function FacilityDialog({ facility, onClose }: { facility: Managed; onClose: () => void }) {
  const t = useSetupText();
  const { message } = App.useApp();
  const [form] = Form.useForm<Fields>();
  const change = useAct('facilities', 'changeFacility', {
    onSuccess: () => {
      void message.success(t('saved'));
      onClose();
    },
  });
  const { id, revision } = facility;
  return (
    <SetupDialog<Fields>
      title={`${t('edit')} ${facility.code}`}
      act={t('save')}
      form={form}
      initialValues={{ name: facility.name, nameEn: facility.nameEn ?? '', phone: facility.phone ?? '' }}
      isBusy={change.isPending}
      error={change.error}
      onSave={({ name, nameEn, phone }) =>
        change.mutate({ id, revision, name, nameEn: nameEn?.trim() || null, phone: phone?.trim() || null })
      }
      onClose={onClose}
    >
      <Form.Item name="name" label={t('name')} rules={[{ required: true, whitespace: true, message: t('required') }]}>
        <Input maxLength={60} />
      </Form.Item>
      <Form.Item name="nameEn" label={t('name-en')}>
        <Input maxLength={120} />
      </Form.Item>
      <Form.Item name="phone" label={t('phone')}>
        <Input maxLength={40} />
      </Form.Item>
    </SetupDialog>
  );
}
