import { AgreementKind, type ServiceLine } from '@lianzhen/contracts/facilities.ts';
import { useQuery } from '@tanstack/react-query';
import { DatePicker, Form, Input, Modal, Select } from 'antd';
import type { Dayjs } from 'dayjs';
import { ask, useAct } from '../../api/queries.ts';
import { useNames } from '../../api/vocabulary.ts';
import { Failure } from '../../ui/failure.tsx';
import { useFacilitiesText } from './texts.ts';

interface Fields {
  number: string;
  fromId: string;
  toId: string;
  kind: AgreementKindName;
  lines: ServiceLine[];
  dates: [Dayjs, Dayjs];
  liability?: string;
}
type AgreementKindName = (typeof AgreementKind.options)[number];
const lines = ['imaging', 'ecg', 'pathology', 'laboratory', 'consultation'] as const;

/** A draft between two facilities of the network; nothing is sent under it until it is signed. */
export function NewAgreement({ onClose }: { onClose: () => void }) {
  const t = useFacilitiesText();
  const names = useNames();
  const [form] = Form.useForm<Fields>();
  const facilities = useQuery(ask('facilities', 'list'));
  const create = useAct('facilities', 'createAgreement', { onSuccess: onClose });
  const options = (facilities.data ?? []).map((row) => ({ value: row.id, label: `${row.name} (${row.code})` }));
  const save = ({ dates: [from, to], ...fields }: Fields) =>
    create.mutate({ ...fields, validFrom: from.format('YYYY-MM-DD'), validTo: to.format('YYYY-MM-DD') });
  const required = [{ required: true }];
  return (
    <Modal
      open
      title={t('new')}
      okText={t('create')}
      cancelText={t('cancel')}
      confirmLoading={create.isPending}
      onOk={form.submit}
      onCancel={onClose}
    >
      <Form<Fields>
        form={form}
        layout="vertical"
        onFinish={save}
        initialValues={{ kind: 'alliance', lines: ['imaging'] }}
      >
        <Form.Item name="number" label={t('number')} rules={required}>
          <Input maxLength={60} autoFocus />
        </Form.Item>
        <Form.Item name="fromId" label={t('from')} rules={required}>
          <Select options={options} showSearch={{ optionFilterProp: 'label' }} />
        </Form.Item>
        <Form.Item name="toId" label={t('to')} rules={required}>
          <Select options={options} showSearch={{ optionFilterProp: 'label' }} />
        </Form.Item>
        <Form.Item name="kind" label={t('kind')} rules={required}>
          <Select options={AgreementKind.options.map((value) => ({ value, label: t(value) }))} />
        </Form.Item>
        <Form.Item name="lines" label={t('lines')} rules={required}>
          <Select mode="multiple" options={lines.map((value) => ({ value, label: names('line', value) }))} />
        </Form.Item>
        <Form.Item name="dates" label={t('validity')} rules={required}>
          <DatePicker.RangePicker />
        </Form.Item>
        <Form.Item name="liability" label={t('liability')}>
          <Input.TextArea maxLength={2000} autoSize={{ minRows: 2, maxRows: 6 }} />
        </Form.Item>
      </Form>
      {create.error && <Failure error={create.error} />}
    </Modal>
  );
}
