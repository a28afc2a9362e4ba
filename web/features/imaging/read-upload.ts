import { type DataSet, parseDicom } from 'dicom-parser';

/** What a chosen file says of itself, before anything is sent. */
export interface ChosenInstance {
  file: File;
  sopInstanceUid: string;
  studyInstanceUid: string;
  patientName: string;
  patientId: string;
  modality: string;
  studyDate: string;
  description: string;
}
export type Chosen = { ok: true; instance: ChosenInstance } | { ok: false; file: File };

/** The header is near the front; a file whose header is longer is told as not readable rather than read whole. */
const headBytes = 512 * 1024;

/** Reads the header of a DICOM file in the browser. Nothing leaves the machine here. */
export async function readUpload(file: File): Promise<Chosen> {
  try {
    const bytes = new Uint8Array(await file.slice(0, headBytes).arrayBuffer());
    const data = parseDicom(bytes, { untilTag: 'x00200010' });
    const instance = describe(file, data);
    return instance.sopInstanceUid && instance.studyInstanceUid ? { ok: true, instance } : { ok: false, file };
  } catch {
    // Anything that is no DICOM file (a DICOMDIR, a viewer on the same disc) is left out and counted.
    return { ok: false, file };
  }
}

function describe(file: File, data: DataSet): ChosenInstance {
  const text = (tag: string) => decode(data, tag);
  return {
    file,
    sopInstanceUid: data.string('x00080018') ?? '',
    studyInstanceUid: data.string('x0020000d') ?? '',
    patientName: text('x00100010').replaceAll('=', ' ').replaceAll('^', ' ').trim(),
    patientId: text('x00100020'),
    modality: data.string('x00080060') ?? '',
    studyDate: data.string('x00080020') ?? '',
    description: text('x00081030'),
  };
}

const encodings: Record<string, string> = {
  'ISO_IR 192': 'utf-8',
  GB18030: 'gb18030',
  GBK: 'gbk',
  'ISO 2022 IR 58': 'gb18030',
};

/** Good enough to recognise the patient on screen; the hub decodes the stored bytes by the book. */
function decode(data: DataSet, tag: string): string {
  const element = data.elements[tag];
  if (!element) return '';
  const bytes = data.byteArray.subarray(element.dataOffset, element.dataOffset + element.length);
  const charset =
    (data.string('x00080005') ?? '')
      .split('\\')
      .findLast((term) => encodings[term.trim()])
      ?.trim() ?? '';
  const decoded = new TextDecoder(encodings[charset] ?? 'latin1').decode(bytes);
  const [first = '', ...escaped] = decoded.split('\u001b');
  const withoutEscapes = [first, ...escaped.map((part) => part.replace(/^[$()\-A-Z@]+/, ''))].join('');
  return withoutEscapes.replace(/\p{Cc}/gu, '').trim();
}
