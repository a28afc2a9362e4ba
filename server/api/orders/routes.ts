import type { ordersContract } from '@lianzhen/contracts/orders.ts';
import type { UseCases } from '../http/bind.ts';
import { listSenders, registerSender, removeSender } from './hl7-senders.ts';
import { listOrders } from './list-orders.ts';
import { createDraft, discardDraft, listDrafts, saveDraft } from './order-drafts.ts';
import { readOrder } from './read-order.ts';
import { searchCatalogue, searchDiagnoses } from './search-catalogue.ts';
import { sendOrder } from './send-order.ts';
import { supplementOrder } from './supplement-order.ts';
import { withdrawOrder } from './withdraw-order.ts';

export const ordersUseCases = {
  catalogue: searchCatalogue,
  diagnoses: searchDiagnoses,
  drafts: listDrafts,
  createDraft,
  saveDraft,
  discardDraft,
  send: sendOrder,
  list: listOrders,
  read: readOrder,
  withdraw: withdrawOrder,
  supplement: supplementOrder,
  senders: listSenders,
  registerSender,
  removeSender,
} satisfies UseCases<typeof ordersContract>;
