import { useQuery } from '@tanstack/react-query';
import { Input, Select } from 'antd';
import type { ReactNode } from 'react';
import { ask } from '../../api/queries.ts';
import { Field } from '../../ui/field.tsx';
import { usePatientsText } from './texts.ts';
import type { TypedPatient } from './typed-patient.ts';

interface ContactFieldsProps {
  value: TypedPatient;
  onChange: (part: Partial<TypedPatient>) => void;
  help: (field: 'phone' | 'villageId' | 'address') => ReactNode;
}

/** Where a patient is reached, and the village clinic that hears of the results. */
export function ContactFields({ value, onChange, help }: ContactFieldsProps) {
  const t = usePatientsText();
  const places = useQuery(ask('facilities', 'list'));
  const villages = (places.data ?? []).filter((place) => place.level === 'village');
  return (
    <>
      <Field label={t('phone')} help={help('phone')}>
        <Input
          type="tel"
          autoComplete="off"
          maxLength={32}
          value={value.phone}
          onChange={(event) => onChange({ phone: event.target.value })}
        />
      </Field>
      <Field label={t('village')} help={help('villageId')}>
        <Select
          value={value.villageId ?? ''}
          onChange={(villageId) => onChange({ villageId: villageId || null })}
          options={[
            { value: '', label: t('noVillage') },
            ...villages.map((place) => ({ value: place.id, label: place.name })),
          ]}
        />
      </Field>
      <Field label={t('address')} help={help('address')}>
        <Input
          autoComplete="off"
          maxLength={200}
          value={value.address}
          onChange={(event) => onChange({ address: event.target.value })}
        />
      </Field>
    </>
  );
}
