import type { TraceDevice, TracePatient } from '../../trace.ts';
import { type DeviceNumber, deviceNumber } from '../xml/device-numbers.ts';
import { at, children, every, line, lineAt, numeric } from '../xml/find.ts';
import type { XmlElement } from '../xml/parse-xml.ts';
import { birthDay, separateTime } from '../xml/recorder-time.ts';
import { warn, type XmlSource } from '../xml/xml-source.ts';

const mostStatements = 200;

/** Recorders write dashes for what was not entered. */
const entered = (text: string | null): string | null => (text !== null && /^-+$/.test(text) ? null : text);

/** generalpatientdata: the name becomes family^given. */
export function readPhilipsPatient(source: XmlSource, root: XmlElement): TracePatient {
  const person = at(root, 'patient/generalpatientdata');
  const last = entered(lineAt(source, person, 'name/lastname', 64));
  const first = entered(lineAt(source, person, 'name/firstname', 64));
  const sex = at(person, 'sex')?.text.trim().toLowerCase();
  const birth = entered(lineAt(source, person, 'age/dateofbirth', 32));
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(birth ?? '');
  return {
    id: entered(lineAt(source, person, 'patientid', 64)),
    name: last && first ? `${last}^${first}` : (last ?? first),
    sex: sex === 'male' ? 'M' : sex === 'female' ? 'F' : null,
    birthDate: birth ? birthDay(source, parts?.slice(1), 'age/dateofbirth') : null,
  };
}

/** dataacquisition: the recorder, whose `detaildescription` is MANUFACTURER:MODEL:SOFTWARE, and its clock, which has no zone. */
export function readAcquisition(
  source: XmlSource,
  root: XmlElement,
): { device: TraceDevice; acquiredAt: string | null } {
  const acquisition = at(root, 'dataacquisition');
  const machine = at(acquisition, 'machine');
  const [manufacturer, model, ...software] = machine?.attributes.get('detaildescription')?.split(':') ?? [];
  const device = {
    manufacturer: line(source, manufacturer, 'machine@detaildescription', 64),
    model: line(source, machine?.text.trim() || model, 'machine', 64),
    serialNumber: line(source, machine?.attributes.get('machineid'), 'machine@machineid', 64),
    software: line(source, software.join(':'), 'machine@detaildescription', 64),
  };
  const [date, time] = ['date', 'time'].map((name) => acquisition?.attributes.get(name));
  return { device, acquiredAt: separateTime(source, date, time, 'dataacquisition@date') };
}

/** The interpretation that was made last: a person's edit comes after the program's. */
function lastInterpretation(root: XmlElement): XmlElement | undefined {
  const moment = ({ attributes }: XmlElement) => `${attributes.get('date') ?? ''} ${attributes.get('time') ?? ''}`;
  const all = every(root, 'interpretations/interpretation');
  return all.reduce<XmlElement | undefined>(
    (last, one) => (last && moment(last) > moment(one) ? last : one),
    undefined,
  );
}

/** Its statements, the finding and then its reason, and its severity. */
export function readPhilipsStatements(source: XmlSource, root: XmlElement): string[] {
  const interpretation = lastInterpretation(root);
  const lines: (string | null)[] = [lineAt(source, interpretation, 'severity')];
  for (const statement of children(interpretation, 'statement')) {
    const [left, right] = ['leftstatement', 'rightstatement'].map((side) => lineAt(source, statement, side, 512));
    lines.push(left && right ? `${left}: ${right}` : (left ?? right ?? null));
  }
  if (lines.length > mostStatements)
    warn(source, 'section-skipped', 'interpretation', `more than ${mostStatements} statements`);
  return lines.filter((one) => one !== null).slice(0, mostStatements);
}

/** Our names, and the elements that hold the number: those of the interpretation first, which supersede the program's. */
const names = {
  heartRate: ['heartrate', 'meanventrate'],
  rr: ['rrint', 'meanrrint'],
  pDuration: ['pdur'],
  pr: ['print', 'meanprint'],
  qrs: ['qrsdur', 'meanqrsdur'],
  qt: ['qtint', 'meanqtint'],
  qtc: ['qtcb', 'meanqtc'],
  pAxis: ['pfrontaxis'],
  qrsAxis: ['qrsfrontaxis'],
  tAxis: ['tfrontaxis'],
} as const;

/** Milliseconds, degrees and beats a minute, as the schema has them; `Indeterminate`, `Failed` and the like are no numbers. */
export function readPhilipsMeasurements(root: XmlElement): Record<string, number> {
  const interpretation = lastInterpretation(root);
  const places = [
    at(interpretation, 'globalmeasurements'),
    at(interpretation, 'interpretationmeasurements'),
    at(root, 'internalmeasurements/crossleadmeasurements'),
    at(root, 'measurements/globalmeasurements'),
  ];
  const found: Record<string, number> = {};
  for (const [ours, theirs] of Object.entries(names)) {
    const values = places.flatMap((place) => theirs.map((name) => numeric(at(place, name)?.text)));
    const value = values.map((one) => deviceNumber(ours as DeviceNumber, one)).find((one) => one !== undefined);
    if (value !== undefined) found[ours] = value;
  }
  return found;
}
