import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { ask } from '../../../api/queries.ts';
import { useLanguage, useListComma } from '../../../api/texts.ts';
import { useNames } from '../../../api/vocabulary.ts';
import { Field } from '../../../ui/field.tsx';
import { ageText, shortTime } from '../../../ui/time.ts';
import { useEcgText } from '../texts.ts';

interface OrderChoiceProps {
  value: string | undefined;
  isOff: boolean;
  onChange: (orderId: string | undefined) => void;
}

/** One's own open requests for an electrocardiogram; the trace may also stand alone. */
export function OrderChoice({ value, isOff, onChange }: OrderChoiceProps) {
  const t = useEcgText();
  const names = useNames();
  const language = useLanguage();
  const comma = useListComma();
  const orders = useQuery(ask('orders', 'list', { state: ['submitted'], page: 1, pageSize: 100 }));
  const open = (orders.data?.rows ?? []).filter(({ line, progress }) => line === 'ecg' && progress.step !== 'reported');
  const isElsewhere = value !== undefined && orders.isSuccess && open.every(({ id }) => id !== value);
  const { data: chosen } = useQuery({ ...ask('orders', 'read', { id: value ?? '' }), enabled: isElsewhere });
  return (
    <Field label={t('forOrder')}>
      <Select
        className="full"
        allowClear
        showSearch={{ optionFilterProp: 'search' }}
        disabled={isOff}
        loading={orders.isLoading}
        placeholder={t(orders.data && open.length === 0 ? 'noOpenOrder' : 'noOrder')}
        value={value ?? null}
        onChange={(next: string | undefined) => onChange(next)}
        // Until its request is known, the choice has no words: its id says nothing to anybody.
        labelRender={({ label }) => label ?? '…'}
        options={[...open, ...(isElsewhere && chosen ? [chosen] : [])].map((order) => ({
          value: order.id,
          search: `${order.patient.name} ${order.number}`,
          label: (
            <span data-order={order.id}>
              <b>{order.patient.name}</b> {names('sex', order.patient.sex)} {ageText(order.patient.birthDate, language)}{' '}
              <span className="muted">
                {order.exams.map(({ examName }) => examName).join(comma)} · {shortTime(order.submittedAt)} ·{' '}
                {order.number}
              </span>
            </span>
          ),
        }))}
        data-testid="ecg-order"
      />
    </Field>
  );
}
