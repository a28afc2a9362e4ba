import { ConsultationState, isClosed, isOpen } from '@lianzhen/contracts/consultation-states.ts';
import { z } from 'zod';
import type { Inputs } from '../../api/client.ts';

/** The heaps of the list, the most pressing first. */
export const Box = z.enum(['todo', 'coming', 'opinion', 'sent', 'past']);
export type Box = z.infer<typeof Box>;

export const ConsultationSearch = z.object({
  box: Box.optional().catch(undefined),
  q: z.coerce.string().max(64).catch('').default(''),
  page: z.coerce.number().int().min(1).catch(1).default(1),
});

type Query = Pick<Inputs['consultation']['list'], 'box' | 'state'>;

/** What each heap asks the hub for. */
export const boxQuery: Record<Box, Query> = {
  todo: { box: 'owed' },
  coming: { box: 'all', state: ConsultationState.options.filter(isOpen) },
  opinion: { box: 'received', state: ['opinion-due'] },
  sent: { box: 'sent' },
  past: { box: 'all', state: ConsultationState.options.filter(isClosed) },
};
