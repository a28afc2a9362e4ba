import { defaultTimeZone } from '@lianzhen/contracts/report-layout.ts';
import { daTmIn, parseDate } from '@lianzhen/dicom/dates.ts';
import type { DicomJson } from '@lianzhen/dicom/model.ts';
import { tags } from '@lianzhen/dicom/tags.ts';
import { ecgInvalid } from '../../ecg-invalid.ts';
import type { Trace } from '../../trace.ts';
import { ours } from './acquisition.ts';
import { attribute, line, nameAttribute } from './dicom-values.ts';
import { tagName } from './waveform-tags.ts';

/** Whose object is written, and where it belongs. Nothing of it is taken from the recorder's file. */
export interface ObjectIdentity {
  readonly sopInstanceUid: string;
  readonly studyInstanceUid: string;
  readonly seriesInstanceUid: string;
  readonly accessionNumber: string | null;
  readonly patient: {
    readonly id: string;
    readonly issuer: string | null;
    /** PN: components joined by `^`, groups by `=`; any script. */
    readonly name: string;
    readonly sex: string | null;
    /** YYYYMMDD or YYYY-MM-DD */
    readonly birthDate: string | null;
  };
  readonly now: Date;
}

/** DA, TM, and `&ZZXX` of a local time as the trace has it; undefined where it has none. */
function partsOf(local: string | null): { day: string; time: string; offset: string | undefined } | undefined {
  const parts = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(\.\d{1,6})?(?:(Z)|([+-]\d\d):(\d\d))?$/.exec(local ?? '');
  if (!parts) return undefined;
  const [, year, month, day, hour, minute, second, fraction = '', utc, hours, minutes] = parts;
  const offset = utc ? '+0000' : hours && `${hours}${minutes}`;
  return { day: `${year}${month}${day}`, time: `${hour}${minute}${second}${fraction}`, offset: offset || undefined };
}

/**
 * What names a patient or an order is written whole or not at all: cut, or split at a backslash into two values, it would
 * name another. The error says how long it was and not what.
 */
function identifier(value: string | null, tag: string, limit: number): string | null {
  if (value === null || (value.length <= limit && !/[\\\p{Cc}]/u.test(value))) return value;
  const expected = `at most ${limit} characters, none of them a backslash or a control character`;
  throw ecgInvalid({ format: 'dicom', where: tagName(tag), expected, found: `${value.length} characters` });
}

const sexes = new Set(['M', 'F', 'O']);

/** The modules of patient, study, series and object that pictures and waveforms have alike. */
export function commonModules(trace: Trace, identity: ObjectIdentity, sopClassUid: string): DicomJson {
  const { patient, now } = identity;
  const made = daTmIn(now.toISOString(), defaultTimeZone);
  const recorded = partsOf(trace.acquiredAt);
  const day = recorded?.day ?? made.da;
  const time = recorded?.time ?? made.tm;
  return {
    [tags.SpecificCharacterSet]: attribute('CS', 'ISO_IR 192'),
    [tags.InstanceCreationDate]: attribute('DA', made.da),
    [tags.InstanceCreationTime]: attribute('TM', made.tm),
    [tags.SOPClassUID]: attribute('UI', sopClassUid),
    [tags.SOPInstanceUID]: attribute('UI', identity.sopInstanceUid),
    [tags.StudyDate]: attribute('DA', day),
    [tags.ContentDate]: attribute('DA', day),
    [tags.AcquisitionDateTime]: attribute('DT', `${day}${time}${recorded?.offset ?? ''}`),
    [tags.StudyTime]: attribute('TM', time),
    [tags.ContentTime]: attribute('TM', time),
    // DICOM wants a time where the recorder gave none; ours says beside it that this is when the object was made.
    ...(recorded
      ? {}
      : { [ours.creatorTag]: attribute('LO', ours.creator), [ours.unknownTag]: attribute('CS', ours.noTime) }),
    ...(recorded?.offset ? { [tags.TimezoneOffsetFromUTC]: attribute('SH', recorded.offset) } : {}),
    [tags.AccessionNumber]: attribute('SH', identifier(identity.accessionNumber, tags.AccessionNumber, 16)),
    [tags.Manufacturer]: attribute('LO', line(trace.device.manufacturer)),
    [tags.ReferringPhysicianName]: attribute('PN'),
    ...known(tags.ManufacturerModelName, line(trace.device.model)),
    ...known(tags.DeviceSerialNumber, line(trace.device.serialNumber)),
    ...known(tags.SoftwareVersions, line(trace.device.software)),
    [tags.PatientName]: nameAttribute(patient.name),
    [tags.PatientID]: attribute('LO', identifier(patient.id, tags.PatientID, 64)),
    ...known(tags.IssuerOfPatientID, line(patient.issuer)),
    [tags.PatientBirthDate]: attribute('DA', parseDate(patient.birthDate ?? undefined)?.replaceAll('-', '')),
    [tags.PatientSex]: attribute('CS', sexes.has(patient.sex ?? '') ? patient.sex : null),
    [tags.StudyInstanceUID]: attribute('UI', identity.studyInstanceUid),
    [tags.SeriesInstanceUID]: attribute('UI', identity.seriesInstanceUid),
    [tags.StudyID]: attribute('SH'),
    [tags.SeriesNumber]: attribute('IS', 1),
    [tags.InstanceNumber]: attribute('IS', 1),
  };
}

const known = (tag: string, value: string): DicomJson => (value === '' ? {} : { [tag]: attribute('LO', value) });
