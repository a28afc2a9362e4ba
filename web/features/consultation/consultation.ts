import type { Outputs } from '../../api/client.ts';

/** One consultation as its page reads it. */
export type Consultation = Outputs['consultation']['read'];
export type Invitation = Consultation['invitations'][number];
/** One line of the list. */
export type Row = Outputs['consultation']['list']['rows'][number];
