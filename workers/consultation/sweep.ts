import type { SweepStep } from '../keep-sweeping.ts';
import { archiveOver, closeMissed } from './close-missed.ts';
import { escalateInvitations } from './escalate-invitations.ts';
import { remindOfAppointments, remindOfOpinions } from './remind.ts';

/** What time does to consultations. */
export const consultationSweepSteps: SweepStep[] = [
  { name: 'escalate-invitations', run: escalateInvitations },
  { name: 'remind-of-appointments', run: remindOfAppointments },
  { name: 'close-missed', run: closeMissed },
  { name: 'remind-of-opinions', run: remindOfOpinions },
  { name: 'archive-consultations', run: archiveOver },
];
