import type { Trace } from '../../trace.ts';
import { rootName } from '../xml/decode-xml.ts';
import { at, lineAt } from '../xml/find.ts';
import { parseXml, type XmlElement } from '../xml/parse-xml.ts';
import { type XmlSource, xmlInvalid } from '../xml/xml-source.ts';
import {
  readAcquisition,
  readPhilipsMeasurements,
  readPhilipsPatient,
  readPhilipsStatements,
} from './philips-report.ts';
import { readRepbeats } from './read-repbeats.ts';
import { readRhythm } from './read-waveforms.ts';

const types = ['SierraECG', 'PhilipsECG'];
const versions = ['1.03', '1.04', '1.04.01', '1.04.02'];

/** Whether the bytes are a resting electrocardiogram in Philips XML: the root element says so. */
export const looksLikePhilips = (bytes: Buffer): boolean => rootName(bytes) === 'restingecgdata';

/** Another version may store the limb leads in another way, and nothing in the data would show it. */
function checkVersion(source: XmlSource, root: XmlElement): void {
  const info = at(root, 'documentinfo');
  const type = at(info, 'documenttype')?.text.trim() ?? '';
  const version = at(info, 'documentversion')?.text.trim() ?? '';
  if (!types.includes(type))
    throw xmlInvalid(source, 'documentinfo/documenttype', types.join(' or '), type || 'nothing');
  if (!versions.includes(version))
    throw xmlInvalid(source, 'documentinfo/documentversion', versions.join(', '), version || 'nothing');
}

/**
 * Reads Philips XML (Sierra ECG 1.03, Philips ECG 1.04 to 1.04.02): the rhythm, XLI compressed or plain, and the
 * representative beats. Throws `ecg-invalid` naming the element: another version, lengths that disagree, codes that are none.
 */
export function readPhilips(bytes: Buffer): Trace {
  const source: XmlSource = { format: 'philips-xml', warnings: [] };
  const root = parseXml(bytes, source.format, ['parsedwaveforms', 'unparsedwaveforms', 'waveform']);
  if (root.name !== 'restingecgdata') throw xmlInvalid(source, 'root element', 'restingecgdata', root.name);
  checkVersion(source, root);
  const waveform = at(root, 'waveforms/parsedwaveforms');
  if (!waveform) throw xmlInvalid(source, 'waveforms', 'an element parsedwaveforms', 'none');
  const rhythm = readRhythm(source, { waveform, signal: at(root, 'dataacquisition/signalcharacteristics') });
  if (rhythm.length === 0) throw xmlInvalid(source, 'parsedwaveforms', 'leads with samples', 'none');
  return {
    format: source.format,
    recordings: [...rhythm, ...readRepbeats(source, at(root, 'waveforms/repbeats'))],
    ...readAcquisition(source, root),
    patient: readPhilipsPatient(source, root),
    accessionNumber: lineAt(source, root, 'orderinfo/ordernumber', 64),
    annotations: [],
    statements: readPhilipsStatements(source, root),
    deviceMeasurements: readPhilipsMeasurements(root),
    warnings: source.warnings,
    picture: null,
  };
}
