import type { TraceAnnotation } from '../../trace.ts';
import { type HeaderTags, openTag } from './header-tags.ts';
import type { ReadText } from './scp-text.ts';

/** Units as UCUM writes them, by the code in the third byte. */
const measured = [
  { tag: 4, text: 'age', units: ['', 'a', 'mo', 'wk', 'd', 'h'] },
  { tag: 6, text: 'height', units: ['', 'cm', '[in_i]', 'mm'] },
  { tag: 7, text: 'weight', units: ['', 'kg', 'g', '[lb_av]', '[oz_av]'] },
] as const;
const pressures = [
  { tag: 11, text: 'systolic blood pressure' },
  { tag: 12, text: 'diastolic blood pressure' },
] as const;
/** Diagnosis or indication, free text, free text of the history. */
const textTags = [13, 30, 35] as const;
/** Table, class and code of a drug stand before what it is called. */
const drugTag = 10;
const drugCodeLength = 3;

/** What section 1 says about the patient's state when the trace was taken: about the whole of it, so without a time. */
export function readCircumstances(tags: HeaderTags, text: ReadText): TraceAnnotation[] {
  const found: TraceAnnotation[] = [];
  for (const { tag, text: name, units } of measured) {
    const cursor = openTag(tags, tag, 3);
    if (!cursor) continue;
    const [value, unit] = [cursor.u16(name), units[cursor.u8(name)]];
    if (value > 0 && unit) found.push({ ...whole(name), value, unit });
  }
  for (const { tag, text: name } of pressures) {
    const value = openTag(tags, tag, 2)?.u16(name) ?? 0;
    if (value > 0) found.push({ ...whole(name), value, unit: 'mm[Hg]' });
  }
  for (const tag of textTags) {
    for (const { bytes } of tags.get(tag) ?? []) found.push(whole(text(bytes, `section 1 tag ${tag}`)));
  }
  for (const { bytes } of tags.get(drugTag) ?? []) {
    found.push(whole(text(bytes.subarray(drugCodeLength), `section 1 tag ${drugTag}`)));
  }
  return found.filter((annotation) => annotation.text !== '');
}

const whole = (text: string): TraceAnnotation => ({
  text,
  atMs: null,
  endMs: null,
  lead: null,
  value: null,
  unit: null,
});
