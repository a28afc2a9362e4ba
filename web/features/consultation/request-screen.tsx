import { useSearch } from '@tanstack/react-router';
import { Skeleton } from 'antd';
import { Page } from '../../ui/page.tsx';
import type { PatientField } from './patient-field-props.ts';
import { RequestForm } from './request-form.tsx';
import { useConsultationText } from './texts.ts';
import { useOpenedRequest } from './use-request-draft.ts';
import './consultation.css';

/** A request for a consultation, new or begun before. */
export function RequestScreen({ patientField }: { patientField: PatientField }) {
  const t = useConsultationText();
  const { draft, patient } = useSearch({ from: '/consultations/new' });
  const opened = useOpenedRequest(draft, patient);
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
