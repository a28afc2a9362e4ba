import type { PersonName, StudyPatient, ViewerStudy } from './study-model.ts';

/** All groups of a name: the one in characters first, then letters, then the sound. */
export function nameText({ alphabetic, ideographic, phonetic }: PersonName): string {
  const [first, ...others] = [ideographic, alphabetic, phonetic].filter(Boolean);
  return others.length > 0 ? `${first} (${others.join(' · ')})` : (first ?? '');
}

/** DA as year, month and day, or null when it is none. */
function dateParts(date: string): [year: number, month: number, day: number] | null {
  const found = /^(\d{4})\.?(\d{2})\.?(\d{2})$/.exec(date);
  return found ? [Number(found[1]), Number(found[2]), Number(found[3])] : null;
}

/** DA as 2008-08-22; what is no date stays as it is. */
export function dateText(date: string): string {
  const parts = dateParts(date);
  return parts ? parts.map((part) => String(part).padStart(2, '0')).join('-') : date;
}

/** An age in years, months or days. */
export interface Age {
  readonly count: number;
  readonly unit: 'years' | 'months' | 'weeks' | 'days';
}

const ageUnits = { Y: 'years', M: 'months', W: 'weeks', D: 'days' } as const;

/** The age at the study: as the device wrote it, else from the birth date. */
export function patientAge(patient: StudyPatient, studyDate: string): Age | null {
  const written = /^(\d{1,3})([YMWD])$/.exec(patient.age);
  if (written) return { count: Number(written[1]), unit: ageUnits[written[2] as keyof typeof ageUnits] };
  const birth = dateParts(patient.birthDate);
  const study = dateParts(studyDate);
  if (!birth || !study) return null;
  const isBeforeDay = study[2] < birth[2];
  const months = (study[0] - birth[0]) * 12 + study[1] - birth[1] - (isBeforeDay ? 1 : 0);
  if (months < 0) return null;
  if (months >= 24) return { count: Math.floor(months / 12), unit: 'years' };
  if (months >= 1) return { count: months, unit: 'months' };
  const days = (Date.UTC(study[0], study[1] - 1, study[2]) - Date.UTC(birth[0], birth[1] - 1, birth[2])) / 86_400_000;
  return { count: days, unit: 'days' };
}

/**
 * When the study was made, for a reader in their own zone. Without an offset from UTC in the file the device's clock is
 * shown as it stood: to move it would be to guess.
 */
export function studyMoment(
  { date, time, timezone }: Pick<ViewerStudy, 'date' | 'time' | 'timezone'>,
  zone?: string,
): string {
  const day = dateParts(date);
  if (!day) return date;
  const [hour, minute] = [Number(time.slice(0, 2)), Number(time.slice(2, 4))];
  const hasTime = /^\d{4}/.test(time);
  const offset = /^([+-])(\d{2})(\d{2})$/.exec(timezone);
  const utc = Date.UTC(day[0], day[1] - 1, day[2], hasTime ? hour : 0, hasTime ? minute : 0);
  if (!hasTime) return format(utc, 'UTC', false);
  if (!offset) return format(utc, 'UTC', true);
  const minutes = (Number(offset[2]) * 60 + Number(offset[3])) * (offset[1] === '-' ? -1 : 1);
  return format(utc - minutes * 60_000, zone, true);
}

/** Year first, as Chinese records have it; the same in both languages, so that two readers speak of the same moment. */
function format(utc: number, timeZone: string | undefined, hasTime: boolean): string {
  const time = hasTime ? ({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const) : {};
  return new Intl.DateTimeFormat('sv-SE', {
    dateStyle: undefined,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    ...time,
    timeZone,
  }).format(utc);
}
