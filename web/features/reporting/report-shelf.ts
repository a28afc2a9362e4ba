import { EcgPart } from '@lianzhen/contracts/ecg-report.ts';
import { z } from 'zod';
import type { Body } from './report-body.ts';

const Kept = z.object({
  body: z.object({
    findings: z.string(),
    impression: z.string(),
    advice: z.string(),
    positive: z.boolean().nullable(),
    critical: z.boolean(),
    criticalText: z.string().nullable(),
    templateId: z.string().nullable(),
    ecg: EcgPart.nullable().default(null),
  }),
  /** The hub's revision that this text was written over. */
  revision: z.number().int(),
});
export interface Kept {
  body: Body;
  revision: number;
}
/** What `window.localStorage` gives, so that a test can bring its own. */
type Storage = Pick<globalThis.Storage, 'getItem' | 'setItem' | 'removeItem'>;

export interface ReportShelf {
  get(): Kept | undefined;
  /** @returns false where the browser keeps nothing (storage full or switched off). */
  put(kept: Kept): boolean;
  remove(): void;
}

/**
 * What the hub does not have yet of one's text of a case, on this machine: it outlives a dead link, a lost hold and a
 * closed browser. Once the hub has it, nothing of a patient stays here.
 */
export function reportShelf(storage: Storage, accountId: string, caseId: string): ReportShelf {
  const key = `lianzhen.report.${accountId}.${caseId}`;
  return {
    get() {
      try {
        return Kept.safeParse(JSON.parse(storage.getItem(key) ?? 'null')).data;
      } catch {
        // Half a write of a browser that died: there is nothing in it to bring back.
        return undefined;
      }
    },
    put(kept) {
      try {
        storage.setItem(key, JSON.stringify(kept));
        return true;
      } catch {
        return false;
      }
    },
    remove: () => storage.removeItem(key),
  };
}
