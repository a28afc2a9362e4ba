import type { Outputs } from '../../api/client.ts';

/** A machine as the list shows it. */
export type Device = Outputs['facilities']['devices'][number];
