import { useSearch } from '@tanstack/react-router';
import { Skeleton } from 'antd';
import { useCallback } from 'react';
import { useOpenedDraft } from '../../api/drafts/use-draft.ts';
import { seatsFor, useSession } from '../../api/session.ts';
import { Page } from '../../ui/page.tsx';
import type { PatientField } from './patient-field-props.ts';
import { RequestDraft, requestDrafts } from './request-draft.ts';
import { RequestForm } from './request-form.tsx';
import { useConsultationText } from './texts.ts';
import './consultation.css';

/** A request for a consultation, new or begun before. */
export function RequestScreen({ patientField }: { patientField: PatientField }) {
  const { draft = '', patient } = useSearch({ from: '/consultations/new' });
  return <OpenRequest key={draft} name={draft} patientId={patient} patientField={patientField} />;
}

interface OpenRequestProps {
  name: string;
  patientId: string | undefined;
  patientField: PatientField;
}

function OpenRequest({ name, patientId, patientField }: OpenRequestProps) {
  const t = useConsultationText();
  const session = useSession();
  const facilityId = seatsFor(session, 'consultation:request')[0]?.facilityId ?? '';
  const fresh = useCallback(
    (key: string) => RequestDraft.parse({ key, facilityId, patientId }),
    [facilityId, patientId],
  );
  const opened = useOpenedDraft(requestDrafts, name, fresh);
  return (
    <Page title={t('request')}>
      {opened ? (
        <RequestForm opened={opened} patientField={patientField} />
      ) : (
        <Skeleton active paragraph={{ rows: 12 }} />
      )}
    </Page>
  );
}
