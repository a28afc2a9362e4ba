import { z } from 'zod';
import type { MessageHeader } from '../mllp/message-header.ts';
import type { OrderNumbers } from './system-store.ts';

/** What is taken, and what it is answered with (v2.5.1, 4.4.1 and 4.4.7). */
export const answerTypes: Record<string, readonly string[]> = {
  'OMG^O19': ['ORG', 'O20', 'ORG_O20'],
  'ORM^O01': ['ORR', 'O02', 'ORR_O02'],
};

/** What became of one order: accepted or cancelled (HL7 table 0119). */
export interface Done {
  control: 'OK' | 'CR';
  numbers: OrderNumbers;
}

/** An answer as it lies in the store, to be given again. */
export const StoredAnswer = z.object({
  code: z.literal('AA'),
  type: z.array(z.string()),
  segments: z.array(
    z.object({ name: z.string(), fields: z.record(z.string(), z.union([z.string(), z.array(z.string())])) }),
  ),
});

/** ORC and OBR for each exam: its accession number is what the machine and the result carry. */
export function answerOf({ type }: MessageHeader, done: readonly Done[]): z.infer<typeof StoredAnswer> {
  const exams = done.flatMap(({ control, numbers }) => numbers.exams.map((exam) => ({ control, numbers, exam })));
  const segments = exams.flatMap(({ control, numbers, exam }, at): z.infer<typeof StoredAnswer>['segments'] => {
    const placer = numbers.placerNumber ?? '';
    const filler = [exam.accessionNumber, 'LIANZHEN'];
    const service = [exam.examCode, exam.examName, '99LIANZHEN'];
    return [
      { name: 'ORC', fields: { 1: control, 2: placer, 3: filler, 4: [numbers.number, 'LIANZHEN'] } },
      { name: 'OBR', fields: { 1: String(at + 1), 2: placer, 3: filler, 4: service, 18: exam.accessionNumber } },
    ];
  });
  return { code: 'AA', type: [...(answerTypes[`${type[0]}^${type[1]}`] ?? ['ACK'])], segments };
}
