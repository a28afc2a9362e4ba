import { NewOrderScreen } from '../features/orders/new-order-screen.tsx';
import { PatientField } from '../features/patients/patient-field.tsx';

/** The one page where two words meet: an order is written for a patient who is found or recorded on the spot. */
export function NewOrderPage() {
  return <NewOrderScreen patientField={PatientField} />;
}
