/** The decoder that turns a frame's bytes into samples. */
export type CodecName =
  | 'native-little'
  | 'native-big'
  | 'rle'
  | 'jpeg-dct'
  | 'jpeg-lossless'
  | 'jpeg-ls'
  | 'jpeg-2000'
  | 'htj2k';

/** A transfer syntax of PS3.5 section 10 and annex A as far as a picture is concerned. */
export interface TransferSyntax {
  readonly uid: string;
  /** A short name for the tile; the same in both languages, as engineers and radiologists know it. */
  readonly name: string;
  readonly codec: CodecName;
  /** True when the syntax itself always loses information; `maybe` when the stream or the header decides. */
  readonly lossy: boolean | 'maybe';
}

const prefix = '1.2.840.10008.1.2';

const table: readonly TransferSyntax[] = [
  { uid: prefix, name: 'Implicit VR LE', codec: 'native-little', lossy: false },
  { uid: `${prefix}.1`, name: 'Explicit VR LE', codec: 'native-little', lossy: false },
  { uid: `${prefix}.1.98`, name: 'Encapsulated uncompressed LE', codec: 'native-little', lossy: false },
  { uid: `${prefix}.1.99`, name: 'Deflated LE', codec: 'native-little', lossy: false },
  { uid: `${prefix}.2`, name: 'Explicit VR BE', codec: 'native-big', lossy: false },
  { uid: `${prefix}.5`, name: 'RLE', codec: 'rle', lossy: false },
  { uid: `${prefix}.4.50`, name: 'JPEG baseline', codec: 'jpeg-dct', lossy: true },
  { uid: `${prefix}.4.51`, name: 'JPEG extended', codec: 'jpeg-dct', lossy: true },
  { uid: `${prefix}.4.53`, name: 'JPEG spectral selection', codec: 'jpeg-dct', lossy: true },
  { uid: `${prefix}.4.55`, name: 'JPEG full progression', codec: 'jpeg-dct', lossy: true },
  { uid: `${prefix}.4.57`, name: 'JPEG lossless', codec: 'jpeg-lossless', lossy: false },
  { uid: `${prefix}.4.70`, name: 'JPEG lossless SV1', codec: 'jpeg-lossless', lossy: false },
  { uid: `${prefix}.4.80`, name: 'JPEG-LS lossless', codec: 'jpeg-ls', lossy: false },
  { uid: `${prefix}.4.81`, name: 'JPEG-LS near-lossless', codec: 'jpeg-ls', lossy: 'maybe' },
  { uid: `${prefix}.4.90`, name: 'JPEG 2000 lossless', codec: 'jpeg-2000', lossy: false },
  { uid: `${prefix}.4.91`, name: 'JPEG 2000', codec: 'jpeg-2000', lossy: 'maybe' },
  { uid: `${prefix}.4.201`, name: 'HTJ2K lossless', codec: 'htj2k', lossy: false },
  { uid: `${prefix}.4.202`, name: 'HTJ2K lossless RPCL', codec: 'htj2k', lossy: false },
  { uid: `${prefix}.4.203`, name: 'HTJ2K', codec: 'htj2k', lossy: 'maybe' },
];

const byUid = new Map(table.map((syntax) => [syntax.uid, syntax]));

/** The syntax of a UID (padding and NULs of a careless sender removed), or undefined when we have no decoder for it. */
export function transferSyntax(uid: string): TransferSyntax | undefined {
  return byUid.get(uid.replaceAll('\0', '').trim());
}

/** The name to show for a UID, which is the UID itself when we do not know it. */
export function syntaxName(uid: string): string {
  return transferSyntax(uid)?.name ?? uid;
}

/** True for syntaxes whose frames are the pixels themselves. */
export function isNative(codec: CodecName): boolean {
  return codec === 'native-little' || codec === 'native-big';
}
