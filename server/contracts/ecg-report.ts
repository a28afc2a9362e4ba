import { z } from 'zod';
import { Id, Line, RequiredLine, Text, Typed, Uid } from './fields.ts';

const Measure = z.number().min(-100_000).max(100_000).nullable();
/** The numbers of a report on an electrocardiogram, as they are signed: ms, beats per minute, degrees, microvolts. */
export const EcgNumbers = z.object({
  heartRate: Measure,
  rrMs: Measure,
  pMs: Measure,
  prMs: Measure,
  qrsMs: Measure,
  qtMs: Measure,
  qtcMs: Measure,
  qtcFormula: z.enum(['bazett', 'fridericia', 'framingham', 'hodges']),
  pAxis: Measure,
  qrsAxis: Measure,
  tAxis: Measure,
  rv5Uv: Measure,
  sv1Uv: Measure,
});
export type EcgNumbers = z.infer<typeof EcgNumbers>;

/** What a report on an electrocardiogram says besides its text. Signed with it. */
export const EcgPart = z.object({
  traceId: Id,
  sopInstanceUid: Uid,
  studyInstanceUid: Uid,
  acquiredAt: Typed(40).nullable(),
  numbers: EcgNumbers,
  /** Who measured: the hub's proposal as it is, or a person who looked and corrected. */
  numbersBy: z.enum(['automatic', 'person']),
  /** Coded sentences in the order of the conclusion. */
  statements: z.array(z.object({ code: RequiredLine(20), zh: RequiredLine(200), en: RequiredLine(300) })).max(40),
  comparison: Text(1000),
  comparedWith: z.object({ traceId: Id, acquiredAt: Typed(40).nullable(), facilityName: Line(200) }).nullable(),
});
export type EcgPart = z.infer<typeof EcgPart>;

/** Who measured; nobody where there is no number, as with a picture. */
export const measuredBy = ({
  numbers,
  numbersBy,
}: Pick<EcgPart, 'numbers' | 'numbersBy'>): EcgPart['numbersBy'] | null =>
  Object.values(numbers).some((one) => typeof one === 'number') ? numbersBy : null;
