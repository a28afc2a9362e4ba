import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { Skeleton } from 'antd';
import { useCallback } from 'react';
import { useOpenedDraft } from '../../api/drafts/use-draft.ts';
import { ask } from '../../api/queries.ts';
import { seatsFor, useSession } from '../../api/session.ts';
import { Page } from '../../ui/page.tsx';
import { emptyDraft, orderDrafts } from './draft.ts';
import { OrderForm } from './order-form.tsx';
import type { PatientField } from './patient-field-props.ts';
import { useOrdersText } from './texts.ts';
import './orders.css';

export function NewOrderScreen({ patientField }: { patientField: PatientField }) {
  const { draft = '', patient } = useSearch({ from: '/orders/new' });
  return <OpenDraft key={draft} name={draft} patientId={patient} patientField={patientField} />;
}

interface OpenDraftProps {
  name: string;
  patientId: string | undefined;
  patientField: PatientField;
}

function OpenDraft({ name, patientId, patientField }: OpenDraftProps) {
  const t = useOrdersText();
  const session = useSession();
  const facilityId = seatsFor(session, 'order:write')[0]?.facilityId ?? '';
  const fresh = useCallback((key: string) => emptyDraft(key, facilityId), [facilityId]);
  const opened = useOpenedDraft(orderDrafts, name, fresh);
  const given = useQuery({ ...ask('patients', 'read', { id: patientId ?? '' }), enabled: Boolean(patientId) });
  return (
    <Page title={t('newOrder')}>
      {opened && !(patientId && given.isPending) ? (
        <OrderForm opened={opened} given={given.data} patientField={patientField} />
      ) : (
        <Skeleton active paragraph={{ rows: 12 }} />
      )}
    </Page>
  );
}
