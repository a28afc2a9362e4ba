import { useQuery } from '@tanstack/react-query';
import { Form, Select } from 'antd';
import type { Outputs } from '../../api/client.ts';
import { ask } from '../../api/queries.ts';
import { useSetupText } from './setup-texts.ts';

export type Managed = Outputs['facilities']['managed'][number];

/** The facilities that one runs; more than one for a commission. */
export function useManaged(): Managed[] {
  return (useQuery(ask('facilities', 'managed')).data ?? []).filter(({ isManaged }) => isManaged);
}

/** Where something is set up; nothing to choose for most. */
export function FacilitySelect({ facilities }: { facilities: Managed[] }) {
  const t = useSetupText();
  return (
    <Form.Item name="facilityId" label={t('facility')} rules={[{ required: true }]} hidden={facilities.length < 2}>
      <Select
        options={facilities.map(({ id, name, code }) => ({ value: id, label: `${name} (${code})` }))}
        showSearch={{ optionFilterProp: 'label' }}
      />
    </Form.Item>
  );
}
