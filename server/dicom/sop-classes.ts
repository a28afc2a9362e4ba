import { type StorageKind, storageClassTable } from './storage-class-table.ts';

export type { StorageKind } from './storage-class-table.ts';

export interface StorageSopClass {
  uid: string;
  name: string;
  kind: StorageKind;
}

const STORAGE_ROOT = '1.2.840.10008.5.1.4.1.1.';

/** Every storage SOP class the hub accepts, by UID. Private and unknown classes are refused: nobody could show or vouch for them. */
export const storageSopClasses: ReadonlyMap<string, StorageSopClass> = new Map(
  storageClassTable.map(([suffix, kind, name]) => [STORAGE_ROOT + suffix, { uid: STORAGE_ROOT + suffix, name, kind }]),
);

/** The SOP classes that the product itself names. */
export const sopClass = {
  verification: '1.2.840.10008.1.1',
  storageCommitmentPush: '1.2.840.10008.1.20.1',
  modalityPerformedProcedureStep: '1.2.840.10008.3.1.2.3.3',
  modalityWorklistFind: '1.2.840.10008.5.1.4.31',
  patientRootFind: '1.2.840.10008.5.1.4.1.2.1.1',
  studyRootFind: '1.2.840.10008.5.1.4.1.2.2.1',
  studyRootMove: '1.2.840.10008.5.1.4.1.2.2.2',
  studyRootGet: '1.2.840.10008.5.1.4.1.2.2.3',
  computedRadiography: `${STORAGE_ROOT}1`,
  digitalXRayForPresentation: `${STORAGE_ROOT}1.1`,
  ct: `${STORAGE_ROOT}2`,
  mr: `${STORAGE_ROOT}4`,
  ultrasound: `${STORAGE_ROOT}6.1`,
  secondaryCapture: `${STORAGE_ROOT}7`,
  grayscalePresentationState: `${STORAGE_ROOT}11.1`,
  comprehensiveSr: `${STORAGE_ROOT}88.33`,
  keyObjectSelection: `${STORAGE_ROOT}88.59`,
  encapsulatedPdf: `${STORAGE_ROOT}104.1`,
} as const;

export type Codec = 'none' | 'jpeg' | 'jpeg-lossless' | 'jpeg-ls' | 'jpeg-2000' | 'htj2k' | 'jpeg-xl' | 'rle' | 'video';

export interface TransferSyntax {
  uid: string;
  name: string;
  codec: Codec;
  /** Whether pixels have lost something: `possible` where the syntax allows both. */
  lossy: 'never' | 'possible' | 'always';
  isExplicit: boolean;
  isBigEndian: boolean;
  isDeflated: boolean;
  isEncapsulated: boolean;
}

export const implicitLittleEndian = '1.2.840.10008.1.2';
export const explicitLittleEndian = '1.2.840.10008.1.2.1';
export const deflatedExplicitLittleEndian = '1.2.840.10008.1.2.1.99';
export const explicitBigEndian = '1.2.840.10008.1.2.2';

const UNCOMPRESSED: ReadonlyArray<readonly [uid: string, name: string]> = [
  [implicitLittleEndian, 'Implicit VR Little Endian'],
  [explicitLittleEndian, 'Explicit VR Little Endian'],
  [deflatedExplicitLittleEndian, 'Deflated Explicit VR Little Endian'],
  [explicitBigEndian, 'Explicit VR Big Endian'],
];

/** Below 1.2.840.10008.1.2. (PS3.5 Annex A.4 and PS3.6 Table A-1); syntaxes that refer to pixels elsewhere (JPIP) are not accepted. */
const ENCAPSULATED: ReadonlyArray<
  readonly [suffix: string, codec: Codec, lossy: TransferSyntax['lossy'], name: string]
> = [
  ['1.98', 'none', 'never', 'Encapsulated Uncompressed Explicit VR Little Endian'],
  ['4.50', 'jpeg', 'always', 'JPEG Baseline (Process 1)'],
  ['4.51', 'jpeg', 'always', 'JPEG Extended (Process 2 and 4)'],
  ['4.52', 'jpeg', 'always', 'JPEG Extended (Process 3 and 5)'],
  ['4.53', 'jpeg', 'always', 'JPEG Spectral Selection, Non-Hierarchical (Process 6 and 8)'],
  ['4.54', 'jpeg', 'always', 'JPEG Spectral Selection, Non-Hierarchical (Process 7 and 9)'],
  ['4.55', 'jpeg', 'always', 'JPEG Full Progression, Non-Hierarchical (Process 10 and 12)'],
  ['4.56', 'jpeg', 'always', 'JPEG Full Progression, Non-Hierarchical (Process 11 and 13)'],
  ['4.57', 'jpeg-lossless', 'never', 'JPEG Lossless, Non-Hierarchical (Process 14)'],
  ['4.58', 'jpeg-lossless', 'never', 'JPEG Lossless, Non-Hierarchical (Process 15)'],
  ['4.70', 'jpeg-lossless', 'never', 'JPEG Lossless, First-Order Prediction (Process 14, Selection Value 1)'],
  ['4.80', 'jpeg-ls', 'never', 'JPEG-LS Lossless'],
  ['4.81', 'jpeg-ls', 'always', 'JPEG-LS Near-Lossless'],
  ['4.90', 'jpeg-2000', 'never', 'JPEG 2000 (Lossless Only)'],
  ['4.91', 'jpeg-2000', 'possible', 'JPEG 2000'],
  ['4.92', 'jpeg-2000', 'never', 'JPEG 2000 Part 2 Multi-component (Lossless Only)'],
  ['4.93', 'jpeg-2000', 'possible', 'JPEG 2000 Part 2 Multi-component'],
  ['4.100', 'video', 'always', 'MPEG2 Main Profile / Main Level'],
  ['4.100.1', 'video', 'always', 'Fragmentable MPEG2 Main Profile / Main Level'],
  ['4.101', 'video', 'always', 'MPEG2 Main Profile / High Level'],
  ['4.101.1', 'video', 'always', 'Fragmentable MPEG2 Main Profile / High Level'],
  ['4.102', 'video', 'always', 'MPEG-4 AVC/H.264 High Profile / Level 4.1'],
  ['4.102.1', 'video', 'always', 'Fragmentable MPEG-4 AVC/H.264 High Profile / Level 4.1'],
  ['4.103', 'video', 'always', 'MPEG-4 AVC/H.264 BD-compatible High Profile / Level 4.1'],
  ['4.103.1', 'video', 'always', 'Fragmentable MPEG-4 AVC/H.264 BD-compatible High Profile / Level 4.1'],
  ['4.104', 'video', 'always', 'MPEG-4 AVC/H.264 High Profile / Level 4.2 for 2D Video'],
  ['4.105', 'video', 'always', 'MPEG-4 AVC/H.264 High Profile / Level 4.2 for 3D Video'],
  ['4.106', 'video', 'always', 'MPEG-4 AVC/H.264 Stereo High Profile / Level 4.2'],
  ['4.107', 'video', 'always', 'HEVC/H.265 Main Profile / Level 5.1'],
  ['4.108', 'video', 'always', 'HEVC/H.265 Main 10 Profile / Level 5.1'],
  ['4.110', 'jpeg-xl', 'never', 'JPEG XL Lossless'],
  ['4.111', 'jpeg-xl', 'always', 'JPEG XL JPEG Recompression'],
  ['4.112', 'jpeg-xl', 'possible', 'JPEG XL'],
  ['4.201', 'htj2k', 'never', 'High-Throughput JPEG 2000 (Lossless Only)'],
  ['4.202', 'htj2k', 'never', 'High-Throughput JPEG 2000 with RPCL Options (Lossless Only)'],
  ['4.203', 'htj2k', 'possible', 'High-Throughput JPEG 2000'],
  ['5', 'rle', 'never', 'RLE Lossless'],
];

/** Every transfer syntax the hub stores, by UID. */
export const transferSyntaxes: ReadonlyMap<string, TransferSyntax> = new Map(
  [
    ...UNCOMPRESSED.map(
      ([uid, name]): TransferSyntax => ({
        uid,
        name,
        codec: 'none',
        lossy: 'never',
        isExplicit: uid !== implicitLittleEndian,
        isBigEndian: uid === explicitBigEndian,
        isDeflated: uid === deflatedExplicitLittleEndian,
        isEncapsulated: false,
      }),
    ),
    ...ENCAPSULATED.map(
      ([suffix, codec, lossy, name]): TransferSyntax => ({
        uid: `${implicitLittleEndian}.${suffix}`,
        name,
        codec,
        lossy,
        isExplicit: true,
        isBigEndian: false,
        isDeflated: false,
        isEncapsulated: true,
      }),
    ),
  ].map((syntax) => [syntax.uid, syntax]),
);
