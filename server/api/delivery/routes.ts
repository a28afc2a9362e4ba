import type { deliveryContract } from '@lianzhen/contracts/delivery.ts';
import type { UseCases } from '../http/bind.ts';
import { createDestination, listDestinations, setDestination } from './destinations.ts';
import { acknowledgeResult, listInbox } from './inbox.ts';
import { listAttempts, listDeliveries } from './list-deliveries.ts';
import { resendDelivery } from './resend-delivery.ts';

export const deliveryUseCases = {
  list: listDeliveries,
  attempts: listAttempts,
  resend: resendDelivery,
  inbox: listInbox,
  acknowledge: acknowledgeResult,
  destinations: listDestinations,
  createDestination,
  setDestination,
} satisfies UseCases<typeof deliveryContract>;
