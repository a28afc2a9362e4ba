import { FacilityCode, type FacilityKind, NewFacility } from '@lianzhen/contracts/facility-setup.ts';
import { Alert, Button, Form, Input, Modal, Select, Typography } from 'antd';
import type { Inputs, Outputs } from '../../api/client.ts';
import { useAct } from '../../api/queries.ts';
import { useNames } from '../../api/vocabulary.ts';
import { shortTime } from '../../ui/time.ts';
import type { Managed } from './facility-select.tsx';
import { fits } from './field-errors.ts';
import { SetupDialog } from './setup-dialog.tsx';
import { useSetupText } from './setup-texts.ts';

type Fields = Omit<Inputs['facilities']['createFacility'], 'parentId' | 'phone' | 'nameEn'> & { phone?: string };

/** A facility below another one, and its first administrator, whose one-time password is shown here once. */
export function NewFacilityDialog({ parent, onClose }: { parent: Managed; onClose: () => void }) {
  const t = useSetupText();
  const names = useNames();
  const [form] = Form.useForm<Fields>();
  const create = useAct('facilities', 'createFacility');
  if (create.data) return <FacilityMade {...create.data} onClose={onClose} />;
  const level = parent.levelsBelow[0];
  const required = { required: true, whitespace: true, message: t('required') };
  return (
    <SetupDialog<Fields>
      title={t('new-facility', { name: parent.name })}
      act={t('create')}
      note={t('new-facility-note')}
      form={form}
      initialValues={{ ...(level ? { level, kind: kindAt(level) } : {}) }}
      isBusy={create.isPending}
      error={create.error}
      onSave={(fields) => create.mutate({ ...fields, parentId: parent.id, phone: fields.phone?.trim() || null })}
      onClose={onClose}
    >
      <Form.Item
        name="code"
        label={t('code')}
        extra={t('code-hint')}
        normalize={(value: string) => value.toUpperCase()}
        rules={[required, fits(FacilityCode, t('not-accepted'))]}
      >
        <Input maxLength={12} />
      </Form.Item>
      <Form.Item name="name" label={t('name')} rules={[required]}>
        <Input maxLength={60} />
      </Form.Item>
      <Form.Item name="level" label={t('level')} rules={[{ required: true }]}>
        <Select
          options={parent.levelsBelow.map((value) => ({ value, label: names('level', value) }))}
          onChange={(value: Managed['level']) => form.setFieldValue('kind', kindAt(value))}
        />
      </Form.Item>
      <Form.Item name="kind" label={t('kind')} rules={[{ required: true }]}>
        <Select options={parent.kindsBelow.map((value) => ({ value, label: t(value) }))} />
      </Form.Item>
      <Form.Item name="phone" label={t('phone')}>
        <Input maxLength={40} />
      </Form.Item>
      <FirstAdmin />
    </SetupDialog>
  );
}

const kindAt = (level: Managed['level']): FacilityKind => (level === 'village' ? 'clinic' : 'hospital');

function FirstAdmin() {
  const t = useSetupText();
  const required = { required: true, whitespace: true, message: t('required') };
  const { username } = NewFacility.shape.admin.shape;
  return (
    <>
      <Form.Item
        name={['admin', 'username']}
        label={t('admin-username')}
        extra={t('admin-username-hint')}
        rules={[required, fits(username, t('not-accepted'))]}
      >
        <Input maxLength={32} autoComplete="off" />
      </Form.Item>
      <Form.Item name={['admin', 'displayName']} label={t('admin-name')} rules={[required]}>
        <Input maxLength={60} autoComplete="off" />
      </Form.Item>
    </>
  );
}

type Made = Outputs['facilities']['createFacility'];

/** The one time that the password is shown: no click beside the dialog closes it. */
function FacilityMade({ facility, admin, onClose }: Made & { onClose: () => void }) {
  const t = useSetupText();
  const done = (
    <Button type="primary" onClick={onClose} data-testid="facility-done">
      {t('done')}
    </Button>
  );
  const { name, code } = facility;
  const { username, password, until } = admin;
  return (
    <Modal
      open
      title={t('facility-made', { name, code })}
      closable={false}
      keyboard={false}
      mask={{ closable: false }}
      footer={done}
    >
      <Alert
        type="warning"
        showIcon
        title={t('password-once', { username, until: shortTime(until) })}
        description={
          <Typography.Text copyable code strong data-testid="one-time-password">
            {password}
          </Typography.Text>
        }
      />
    </Modal>
  );
}
