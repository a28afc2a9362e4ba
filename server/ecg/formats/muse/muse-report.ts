import type { TraceDevice, TracePatient } from '../../trace.ts';
import { type DeviceNumber, deviceNumber } from '../xml/device-numbers.ts';
import { at, children, every, lineAt, numeric } from '../xml/find.ts';
import type { XmlElement } from '../xml/parse-xml.ts';
import { birthDay, clockTime } from '../xml/recorder-time.ts';
import { warn, type XmlSource } from '../xml/xml-source.ts';

const mostStatements = 200;

/** MM-DD-YYYY, as MUSE writes days, to year, month, day. */
function museDay(text: string | undefined): [string, string, string] | null {
  const [, month, day, year] = /^(\d{2})-(\d{2})-(\d{4})$/.exec(text?.trim() ?? '') ?? [];
  return year && month && day ? [year, month, day] : null;
}

/** PatientDemographics: the name becomes family^given. */
export function readMusePatient(source: XmlSource, root: XmlElement): TracePatient {
  const person = at(root, 'PatientDemographics');
  const last = lineAt(source, person, 'PatientLastName', 64);
  const first = lineAt(source, person, 'PatientFirstName', 64);
  const sex = at(person, 'Gender')?.text.trim().toUpperCase();
  const birth = at(person, 'DateofBirth')?.text.trim();
  return {
    id: lineAt(source, person, 'PatientID', 64),
    name: last && first ? `${last}^${first}` : (last ?? first),
    sex: sex === 'MALE' ? 'M' : sex === 'FEMALE' ? 'F' : null,
    birthDate: birth ? birthDay(source, museDay(birth), 'PatientDemographics/DateofBirth') : null,
  };
}

/** TestDemographics: the recorder, and its clock, which has no zone. */
export function readMuseTest(source: XmlSource, root: XmlElement): { device: TraceDevice; acquiredAt: string | null } {
  const test = at(root, 'TestDemographics');
  const date = at(test, 'AcquisitionDate')?.text;
  const device = {
    manufacturer: null,
    model: lineAt(source, test, 'AcquisitionDevice', 64),
    serialNumber: lineAt(source, test, 'CartNumber', 64),
    software: lineAt(source, test, 'AcquisitionSoftwareVersion', 64),
  };
  const time = at(test, 'AcquisitionTime')?.text;
  const acquiredAt = date ? clockTime(source, museDay(date), time, 'TestDemographics/AcquisitionDate') : null;
  return { device, acquiredAt };
}

/** Diagnosis: the texts up to one with the flag ENDSLINE make a line. */
export function readMuseStatements(source: XmlSource, root: XmlElement): string[] {
  const lines: string[] = [];
  let open = '';
  const close = () => {
    if (open.length > 1024) warn(source, 'text-unreadable', 'Diagnosis', `${open.length} > 1024`);
    else if (open) lines.push(open);
    open = '';
  };
  for (const statement of every(root, 'Diagnosis/DiagnosisStatement')) {
    open = [open, lineAt(source, statement, 'StmtText', 1024)].filter(Boolean).join(' ');
    if (children(statement, 'StmtFlag').some((flag) => flag.text.trim() === 'ENDSLINE')) close();
    if (lines.length === mostStatements) {
      warn(source, 'section-skipped', 'Diagnosis', `more than ${mostStatements} lines`);
      return lines;
    }
  }
  close();
  return lines;
}

const names = {
  heartRate: 'VentricularRate',
  pr: 'PRInterval',
  qrs: 'QRSDuration',
  qt: 'QTInterval',
  qtc: 'QTCorrected',
  pAxis: 'PAxis',
  qrsAxis: 'RAxis',
  tAxis: 'TAxis',
} as const;

/**
 * RestingECGMeasurements by our names. P lasts from POnset to POffset, which count samples of ECGSampleBase * 10^ECGSampleExponent Hz.
 * RR is GlobalRR of QRSTimesTypes, in ms.
 */
export function readMuseMeasurements(root: XmlElement): Record<string, number> {
  const found: Record<string, number> = {};
  const measured = at(root, 'RestingECGMeasurements');
  const number = (name: string) => numeric(at(measured, name)?.text);
  const keep = (name: DeviceNumber, value: number | undefined) => {
    const kept = deviceNumber(name, value);
    if (kept !== undefined) found[name] = kept;
  };
  for (const [ours, theirs] of Object.entries(names)) {
    keep(ours as DeviceNumber, number(theirs));
  }
  keep('rr', numeric(at(root, 'QRSTimesTypes/GlobalRR')?.text));
  const [on, off, base] = [number('POnset'), number('POffset'), number('ECGSampleBase')];
  const rate = base === undefined ? 0 : base * 10 ** (number('ECGSampleExponent') ?? 0);
  if (on !== undefined && off !== undefined && rate > 0) keep('pDuration', ((off - on) * 1000) / rate);
  return found;
}
