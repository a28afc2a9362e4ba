import type { ServiceLine } from '@lianzhen/contracts/facilities.ts';
import { Signatures } from '@lianzhen/contracts/signatures.ts';
import { App, Form, Input, Select } from 'antd';
import { useAct } from '../../api/queries.ts';
import { nameOf, useNames, useOptions } from '../../api/vocabulary.ts';
import type { Managed } from './facility-select.tsx';
import { SetupDialog } from './setup-dialog.tsx';
import { useSetupText } from './setup-texts.ts';

interface Fields {
  line: ServiceLine;
  name: string;
  nameEn?: string;
  signatures: Signatures;
}

/** Opens a centre, or names one that is there. */
export function CentreDialog({
  facility,
  centre,
  onClose,
}: {
  facility: Managed;
  centre: Managed['centres'][number] | undefined;
  onClose: () => void;
}) {
  const t = useSetupText();
  const names = useNames();
  const lines = useOptions('line').filter(({ value }) => !facility.centres.some(({ line }) => line === value));
  const { message } = App.useApp();
  const [form] = Form.useForm<Fields>();
  const onSuccess = () => {
    void message.success(t('saved'));
    onClose();
  };
  const create = useAct('facilities', 'createCentre', { onSuccess });
  const change = useAct('facilities', 'changeCentre', { onSuccess });
  const save = ({ line, name, nameEn = '', signatures }: Fields) => {
    const where = {
      facilityId: facility.id,
      revision: facility.revision,
      name,
      nameEn: nameEn.trim() || null,
      signatures,
    };
    if (centre) change.mutate({ ...where, id: centre.id });
    else create.mutate({ ...where, line });
  };
  // The usual name, until somebody writes another one: Chinese on every page, for the English one has a field of its own.
  const suggest = (line: ServiceLine) => {
    if (!form.isFieldTouched('name'))
      form.setFieldValue('name', `${facility.name}${nameOf('line', line, 'zh')}诊断中心`);
  };
  return (
    <SetupDialog<Fields>
      title={t(centre ? 'edit-centre' : 'new-centre')}
      act={t(centre ? 'save' : 'create')}
      form={form}
      initialValues={centre ? { ...centre, nameEn: centre.nameEn ?? '' } : { signatures: 'two' }}
      isBusy={create.isPending || change.isPending}
      error={create.error ?? change.error}
      onSave={save}
      onClose={onClose}
    >
      <Form.Item name="line" label={t('line')} rules={[{ required: true, message: t('required') }]}>
        <Select
          disabled={centre !== undefined}
          options={centre ? [{ value: centre.line, label: names('line', centre.line) }] : lines}
          onChange={suggest}
          notFoundContent={t('all-lines')}
        />
      </Form.Item>
      <Form.Item name="name" label={t('name')} rules={[{ required: true, whitespace: true, message: t('required') }]}>
        <Input maxLength={60} />
      </Form.Item>
      <Form.Item name="nameEn" label={t('name-en')}>
        <Input maxLength={120} />
      </Form.Item>
      <Form.Item name="signatures" label={t('signatures')} extra={t('signatures-note')}>
        <Select options={Signatures.options.map((value) => ({ value, label: t(`signatures-${value}`) }))} />
      </Form.Item>
    </SetupDialog>
  );
}
