import { deflateRawSync } from 'node:zlib';
import { fileMeta } from '@lianzhen/dicom/file-meta.ts';
import type { DicomJson } from '@lianzhen/dicom/model.ts';
import { writePart10 } from '@lianzhen/dicom/part10.ts';
import { deflatedExplicitLittleEndian, explicitBigEndian, explicitLittleEndian } from '@lianzhen/dicom/sop-classes.ts';
import { swapElements } from '@lianzhen/dicom/swap-elements.ts';
import { tags } from '@lianzhen/dicom/tags.ts';
import { uidFrom } from '@lianzhen/dicom/uid.ts';
import { instanceAttributes, type StudyFacts, type SyntheticPatient } from './dicom-attributes.ts';
import { drawPhantom, type Modality } from './dicom-phantom.ts';
import { encodeRle } from './rle.ts';

export const rleLossless = '1.2.840.10008.1.2.5';

export interface SyntheticStudy {
  modality: Modality;
  /** 1 unless told. */
  instances?: number;
  /** 64 unless told. */
  rows?: number;
  columns?: number;
  patient?: Partial<SyntheticPatient>;
  accessionNumber?: string;
  /** Values of (0008,0005); UTF-8 unless told. */
  charset?: string | readonly string[];
  /** Implicit or explicit little endian, deflated, big endian, or RLE; explicit little endian unless told. */
  transferSyntaxUid?: string;
  /** Made from the seed unless told. */
  studyInstanceUid?: string;
  seriesInstanceUid?: string;
  /** DA and TM */
  studyDate?: string;
  studyTime?: string;
  studyDescription?: string;
  institutionName?: string;
  stationName?: string;
  /** Other attributes, or other values for the above, of every instance. */
  attributes?: DicomJson;
  /** The same seed and input give the same bytes. */
  seed?: number;
}

export interface SyntheticInstance {
  sopInstanceUid: string;
  /** A Part 10 file. */
  bytes: Buffer;
}

const PATIENT: SyntheticPatient = {
  name: { Alphabetic: 'Zhang^Xiaoming', Ideographic: '张^小明' },
  id: 'P0001',
  birthDate: '19700312',
  sex: 'M',
};

const DESCRIPTIONS: Readonly<Record<Modality, string>> = {
  CT: '胸部平扫',
  MR: '胸部磁共振',
  DX: '胸部正位',
  US: '腹部超声',
};

function factsOf(input: SyntheticStudy): StudyFacts {
  const seed = input.seed ?? 1;
  const studyInstanceUid = input.studyInstanceUid ?? uidFrom(`synthetic study ${input.modality} ${seed}`);
  const isWestern = [input.charset ?? 'ISO_IR 192'].flat().join('\\').startsWith('ISO_IR 100');
  return {
    modality: input.modality,
    patient: { ...PATIENT, ...(isWestern ? { name: 'Zhang^Xiaoming' } : {}), ...input.patient },
    accessionNumber: input.accessionNumber ?? `A${String(seed).padStart(6, '0')}`,
    studyInstanceUid,
    seriesInstanceUid: input.seriesInstanceUid ?? uidFrom(`${studyInstanceUid} series ${seed}`),
    frameOfReferenceUid: uidFrom(`${studyInstanceUid} frame of reference`),
    studyDate: input.studyDate ?? '20250605',
    studyTime: input.studyTime ?? '081500',
    studyDescription: input.studyDescription ?? (isWestern ? 'CHEST' : DESCRIPTIONS[input.modality]),
    institutionName: input.institutionName ?? (isWestern ? 'TOWNSHIP' : '青山镇卫生院'),
    stationName: input.stationName ?? 'SYNTHETIC',
    size: { rows: input.rows ?? 64, columns: input.columns ?? 64 },
  };
}

function encode(json: DicomJson, transferSyntaxUid: string, pixels: Buffer, facts: StudyFacts): Buffer {
  if (transferSyntaxUid === rleLossless) {
    return writePart10(json, transferSyntaxUid, [
      encodeRle(pixels, facts.size.columns, facts.modality === 'US' ? 1 : 2),
    ]);
  }
  const isPlain = transferSyntaxUid !== deflatedExplicitLittleEndian && transferSyntaxUid !== explicitBigEndian;
  if (isPlain) return writePart10(json, transferSyntaxUid, pixels);
  const little = writePart10(json, explicitLittleEndian, pixels);
  const uids = {
    sopClassUid: String(json[tags.SOPClassUID]?.Value?.[0]),
    sopInstanceUid: String(json[tags.SOPInstanceUID]?.Value?.[0]),
  };
  const dataset = little.subarray(fileMeta({ ...uids, transferSyntaxUid: explicitLittleEndian }).length);
  const written =
    transferSyntaxUid === explicitBigEndian ? swapElements(dataset, 'to-big-endian') : padded(deflateRawSync(dataset));
  return Buffer.concat([fileMeta({ ...uids, transferSyntaxUid }), written]);
}

const padded = (bytes: Buffer): Buffer => (bytes.length % 2 === 0 ? bytes : Buffer.concat([bytes, Buffer.of(0)]));

/** A valid study of one series, as a machine of a township would send it: a chest-like phantom, a Chinese name. */
export function syntheticStudy(input: SyntheticStudy): SyntheticInstance[] {
  const facts = factsOf(input);
  const count = input.instances ?? 1;
  const charset = { vr: 'CS', Value: [input.charset ?? 'ISO_IR 192'].flat() };
  return Array.from({ length: count }, (_, index) => {
    const sopInstanceUid = uidFrom(`${facts.seriesInstanceUid} instance ${index}`);
    const json: DicomJson = {
      ...instanceAttributes(facts, sopInstanceUid, index),
      ...input.attributes,
      [tags.SpecificCharacterSet]: charset,
    };
    const pixels = drawPhantom(input.modality, facts.size, input.seed ?? 1, index, count);
    return { sopInstanceUid, bytes: encode(json, input.transferSyntaxUid ?? explicitLittleEndian, pixels, facts) };
  });
}

/** The same instance with one byte of its pixels changed, so many before its end. */
export function forged(bytes: Buffer, at = 20): Buffer {
  const copy = Buffer.from(bytes);
  copy.writeUInt8(copy.readUInt8(copy.length - at) ^ 0xff, copy.length - at);
  return copy;
}
