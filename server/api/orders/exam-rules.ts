import type { OrderBody } from '@lianzhen/contracts/orders.ts';
import type { Problem } from './consent-rules.ts';

export interface CatalogueItem {
  code: string;
  line: string;
  name: string;
  modality: string;
  bodyPart: string;
  hasSides: boolean;
}
type Wanted = OrderBody['exams'];

/** What is wrong with the exams asked for: unknown, of another line, without a side that is needed, asked for twice. */
export function examProblems(wanted: Wanted, items: ReadonlyMap<string, CatalogueItem>, line: string): Problem[] {
  const seen = new Set<string>();
  return wanted.flatMap((exam, at): Problem[] => {
    const item = items.get(exam.examCode);
    const key = `${exam.examCode} ${exam.laterality}`;
    const isRepeated = seen.has(key);
    seen.add(key);
    if (!item || item.line !== line)
      return [{ field: `exams.${at}.examCode`, expected: `an exam of the catalogue of ${line}` }];
    if (isRepeated) return [{ field: `exams.${at}`, expected: 'an exam that is not in the list already' }];
    if (item.hasSides && exam.laterality === null)
      return [{ field: `exams.${at}.laterality`, expected: 'left, right or both' }];
    if (!item.hasSides && exam.laterality !== null)
      return [{ field: `exams.${at}.laterality`, expected: 'nothing: this exam has no sides' }];
    return [];
  });
}
