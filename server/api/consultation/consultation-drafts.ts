import { ownDrafts } from '../own-drafts.ts';
import * as store from './draft-store.ts';

/** Consultations that one has begun to ask for and not sent. */
export const { keepDraft, createDraft, discardDraft, listDrafts, saveDraft } = ownDrafts(
  store,
  'consultation:request',
  'consultation.draftsListed',
);
