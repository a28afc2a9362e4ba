import type { ServiceLine } from '@lianzhen/contracts/facilities.ts';
import { type Ctx, requireAccess } from '../context.ts';
import type { Deps } from '../deps.ts';
import * as store from './catalogue-store.ts';

const shown = 30;

/** Exams of a line by name, code, modality or pinyin; all of them without a word. */
export async function searchCatalogue({ db }: Pick<Deps, 'db'>, ctx: Ctx, input: { line: ServiceLine; q: string }) {
  requireAccess(ctx, 'order:read');
  return store.exams(db, input.line, input.q.trim());
}

/** ICD-10 codes by code, name or pinyin; what begins with the word comes before what has it inside. */
export async function searchDiagnoses({ db }: Pick<Deps, 'db'>, ctx: Ctx, input: { q: string }) {
  requireAccess(ctx, 'order:read');
  const q = input.q.trim();
  const found = await store.diagnoses(db, q);
  const rank = ({ code, name }: { code: string; name: string }): number =>
    code.startsWith(q.toUpperCase()) || name.startsWith(q) ? 0 : 1;
  found.sort((a, b) => rank(a) - rank(b) || a.name.length - b.name.length || (a.code < b.code ? -1 : 1));
  return found.slice(0, shown);
}
