import { ownDrafts } from '../own-drafts.ts';
import * as store from './draft-store.ts';

/** Requests that one has begun and not sent. */
export const { createDraft, discardDraft, listDrafts, saveDraft } = ownDrafts(
  store,
  'order:write',
  'orders.draftsListed',
);
