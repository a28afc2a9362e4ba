import { auditContract } from './audit.ts';
import { consultationContract } from './consultation.ts';
import { deliveryContract } from './delivery.ts';
import { dutyRosterContract } from './duty-roster.ts';
import { ecgContract } from './ecg.ts';
import { ecgRulesContract } from './ecg-rules.ts';
import { facilitiesContract } from './facilities.ts';
import { facilitySetupContract } from './facility-setup.ts';
import { identityContract } from './identity.ts';
import { imagingContract } from './imaging.ts';
import { ordersContract } from './orders.ts';
import { patientsContract } from './patients.ts';
import { recordingContract } from './recording.ts';
import { reportingContract } from './reporting.ts';
import { siteCheckContract } from './site-check.ts';
import { worklistContract } from './worklist.ts';

/** Every JSON route of the hub, by word. The typed client and openapi.json are made from it. */
export const hubContract = {
  identity: identityContract,
  facilities: { ...facilitiesContract, ...facilitySetupContract, ...dutyRosterContract },
  patients: patientsContract,
  orders: ordersContract,
  imaging: imagingContract,
  ecg: { ...ecgContract, ...ecgRulesContract },
  worklist: worklistContract,
  reporting: reportingContract,
  delivery: deliveryContract,
  consultation: consultationContract,
  audit: auditContract,
  recording: recordingContract,
  siteCheck: siteCheckContract,
};
