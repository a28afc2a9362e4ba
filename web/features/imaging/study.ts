import type { Outputs } from '../../api/client.ts';

/** A study as the list shows it. */
export type Study = Outputs['imaging']['studies']['rows'][number];
