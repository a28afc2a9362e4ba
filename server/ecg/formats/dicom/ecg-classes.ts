import { storageSopClasses } from '@lianzhen/dicom/sop-classes.ts';
import { ecgInvalid } from '../../ecg-invalid.ts';

/** The waveform classes that hold an electrocardiogram (PS3.3 A.34.3 to A.34.5 and A.34.18). */
export const ecgClass = {
  twelveLead: '1.2.840.10008.5.1.4.1.1.9.1.1',
  general: '1.2.840.10008.5.1.4.1.1.9.1.2',
  ambulatory: '1.2.840.10008.5.1.4.1.1.9.1.3',
  general32: '1.2.840.10008.5.1.4.1.1.9.1.4',
} as const;

const known: ReadonlySet<string> = new Set(Object.values(ecgClass));

/** @throws HubError ecg-invalid naming the class that was found instead, where the hub knows its name */
export function requireEcgClass(uid: string | undefined): string {
  if (uid !== undefined && known.has(uid)) return uid;
  const name = uid === undefined ? 'none' : (storageSopClasses.get(uid)?.name ?? uid);
  const expected = '12-lead, general, ambulatory or general 32-bit ECG waveform storage';
  throw ecgInvalid({ format: 'dicom', where: '(0008,0016)', expected, found: name });
}
