import { parseDate, parseOffset, parseTime } from '@lianzhen/dicom/dates.ts';
import { type DicomJson, personName, text } from '@lianzhen/dicom/model.ts';
import { tags } from '@lianzhen/dicom/tags.ts';
import type { Trace, TracePatient, TraceWarning } from '../../trace.ts';

/** Private elements of ours: the creator, and what the recorder did not say though DICOM wants a value. */
export const ours = {
  creatorTag: '00090010',
  creator: 'LIANZHEN ECG',
  unknownTag: '00091001',
  noTime: 'NO_TIME',
} as const;

const pad = (value: number): string => String(value).padStart(2, '0');

/** `&ZZXX` as `±HH:MM`; empty where there is none. */
function zone(offset: string | undefined): string {
  const minutes = parseOffset(offset);
  if (minutes === undefined) return '';
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${pad(Math.floor(size / 60))}:${pad(size % 60)}`;
}

/** DT with at least a day and an hour; what it leaves out of minutes and seconds is zero. */
function fromDateTime(value: string, offset: string | undefined): string | undefined {
  const parts = /^(\d{8})(\d{2}(?:\d{2}(?:\d{2}(?:\.\d{1,6})?)?)?)([+-]\d{4})?$/.exec(value.trim());
  const date = parseDate(parts?.[1]);
  const time = parseTime(parts?.[2]);
  return date && time ? `${date}T${time}${zone(parts?.[3] ?? offset)}` : undefined;
}

/** When the recorder says it recorded: the acquisition, or the content as older objects have it. */
export function acquiredAt(json: DicomJson, warnings: TraceWarning[]): string | null {
  const isOurs = text(json, ours.creatorTag) === ours.creator;
  if (isOurs && json[ours.unknownTag]?.Value?.[0] === ours.noTime) return null;
  const offset = text(json, tags.TimezoneOffsetFromUTC);
  const whole = text(json, tags.AcquisitionDateTime);
  const read = whole === undefined ? undefined : fromDateTime(whole, offset);
  if (read) return read;
  const pairs = [
    [tags.AcquisitionDate, tags.AcquisitionTime],
    [tags.ContentDate, tags.ContentTime],
  ] as const;
  for (const [dateTag, timeTag] of pairs) {
    const date = parseDate(text(json, dateTag));
    const time = parseTime(text(json, timeTag));
    if (date && time) return `${date}T${time}${zone(offset)}`;
  }
  warnings.push({ code: 'time-unreadable', where: '(0008,002A)' });
  return null;
}

/** A text of the file, bounded: what a header holds is shown in lists. */
export const short = (json: DicomJson, tag: string): string | null => text(json, tag)?.slice(0, 256) ?? null;

function sexOf(value: string | undefined): TracePatient['sex'] {
  return value === 'M' || value === 'F' || value === 'O' ? value : null;
}

/** The name in its own characters where the file has them. */
export function patientOf(json: DicomJson): TracePatient {
  const name = personName(json, tags.PatientName);
  return {
    id: short(json, tags.PatientID),
    name: (name?.Ideographic ?? name?.Alphabetic)?.slice(0, 256) ?? null,
    sex: sexOf(text(json, tags.PatientSex)),
    birthDate: parseDate(text(json, tags.PatientBirthDate))?.replaceAll('-', '') ?? null,
  };
}

export function deviceOf(json: DicomJson): Trace['device'] {
  return {
    manufacturer: short(json, tags.Manufacturer),
    model: short(json, tags.ManufacturerModelName),
    serialNumber: short(json, tags.DeviceSerialNumber),
    software: short(json, tags.SoftwareVersions),
  };
}
