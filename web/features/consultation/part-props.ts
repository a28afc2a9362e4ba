import type { RequestDraft } from './request-draft.ts';

/** What every part of the request gets. */
export interface PartProps {
  draft: RequestDraft;
  /** Fields to be marked as missing: none before sending was tried. */
  missing: readonly string[];
  onChange: (part: Partial<RequestDraft>) => void;
}
