import type { RecordedFilter, TraceAnnotation, TraceDevice, TracePatient, TraceWarning } from '../../trace.ts';
import { readDate, readTime, zoneOf } from './calendar.ts';
import { readCircumstances } from './circumstances.ts';
import { type HeaderTags, openTag, readHeaderTags } from './header-tags.ts';
import { languageCodeOf, readMachine } from './machine.ts';
import { type ReadText, textReader } from './scp-text.ts';
import type { SectionCursor } from './section-cursor.ts';

/** What section 1 says of the patient, the recorder and the recording. */
export interface Acquisition {
  readonly patient: TracePatient;
  readonly device: TraceDevice;
  readonly acquiredAt: string | null;
  readonly filter: RecordedFilter;
  readonly annotations: readonly TraceAnnotation[];
  readonly text: ReadText;
}

/** Reads section 1 (EN 1064, 5.4); a record without it says nothing of anyone, which matching will notice. */
export function readAcquisition(cursor: SectionCursor | undefined, warnings: TraceWarning[]): Acquisition {
  const tags: HeaderTags = cursor ? readHeaderTags(cursor) : new Map();
  if (!cursor) warnings.push({ code: 'section-skipped', where: 'section 1', detail: 'missing' });
  const text = textReader(languageCodeOf(tags), warnings);
  return {
    patient: readPatient(tags, text, warnings),
    device: readMachine(tags, text),
    acquiredAt: readMoment(tags, warnings),
    filter: readFilter(tags),
    annotations: readCircumstances(tags, text),
    text,
  };
}

function readPatient(tags: HeaderTags, text: ReadText, warnings: TraceWarning[]): TracePatient {
  const say = (tag: number): string => text(tags.get(tag)?.[0]?.bytes ?? Buffer.alloc(0), `section 1 tag ${tag}`);
  // A caret divides the components of a name, so none may come from inside one.
  const [last, first, second, id] = [say(0), say(1), say(3), say(2)].map((part) => part.replaceAll('^', ' '));
  const family = [last, second].filter(Boolean).join(' ');
  const name = first ? `${family}^${first}` : family;
  const isBirthGiven = tags.get(5)?.[0]?.bytes.some((byte) => byte !== 0) ?? false;
  const birth = isBirthGiven ? openTag(tags, 5, 4) : undefined;
  const birthDate = birth ? readDate(birth, 'date of birth') : null;
  if (isBirthGiven && birthDate === null) warnings.push({ code: 'time-unreadable', where: 'section 1 tag 5' });
  return { id: id || null, name: name || null, sex: readSex(tags), birthDate: birthDate?.replaceAll('-', '') ?? null };
}

/** ISO 5218: 1 male, 2 female, 9 unspecified; 0 is not known. */
function readSex(tags: HeaderTags): TracePatient['sex'] {
  const code = openTag(tags, 8, 1)?.u8('sex');
  if (code === 1) return 'M';
  if (code === 2) return 'F';
  return code === 9 ? 'O' : null;
}

/** Local time of the recorder (tags 25, 26), with its zone where tag 34 gives one. */
function readMoment(tags: HeaderTags, warnings: TraceWarning[]): string | null {
  const [day, hour] = [openTag(tags, 25, 4), openTag(tags, 26, 3)];
  const date = day ? readDate(day, 'date of acquisition') : null;
  const time = hour ? readTime(hour, 'time of acquisition') : null;
  if (date === null || time === null) {
    const where = date === null ? 'section 1 tag 25' : 'section 1 tag 26';
    warnings.push({ code: 'time-unreadable', where, detail: tags.has(25) && tags.has(26) ? undefined : 'missing' });
    return null;
  }
  const minutes = openTag(tags, 34, 2)?.i16('offset of the time zone') ?? 0x7fff;
  return `${date}T${time}${minutes === 0x7fff ? '' : (zoneOf(minutes) ?? '')}`;
}

/** Tag 27 in hundredths of a hertz, tag 28 in hertz, tag 29 bits; 0 is what recorders write that do not know. */
function readFilter(tags: HeaderTags): RecordedFilter {
  const baseline = openTag(tags, 27, 2)?.u16('baseline filter') ?? 0;
  const lowPass = openTag(tags, 28, 2)?.u16('low-pass filter') ?? 0;
  const bits = openTag(tags, 29, 1)?.u8('filter bits') ?? 0;
  const notches = [bits & 1 ? 60 : 0, bits & 2 ? 50 : 0].filter(Boolean);
  return {
    highPassHz: baseline === 0 ? null : baseline / 100,
    lowPassHz: lowPass === 0 ? null : lowPass,
    // Two notches at once are more than one number can say.
    notchHz: (notches.length === 1 && notches[0]) || null,
  };
}
