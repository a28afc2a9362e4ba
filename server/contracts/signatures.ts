import { z } from 'zod';

/** Who must sign a report at a centre: always two; one where it says that nothing is wrong; always one senior reader. */
export const Signatures = z.enum(['two', 'one-when-normal', 'one']);
export type Signatures = z.infer<typeof Signatures>;
