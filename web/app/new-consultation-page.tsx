import { RequestScreen } from '../features/consultation/request-screen.tsx';
import { PatientField } from '../features/patients/patient-field.tsx';

/** Where a consultation meets its patient, who is found or recorded on the spot. */
export function NewConsultationPage() {
  return <RequestScreen patientField={PatientField} />;
}
