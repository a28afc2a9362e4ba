import type { Padding, PixelFormat } from '../decode/picture-types.ts';
import { binary, type JsonDataset, number, numbers, sequence, text, texts } from './json-tags.ts';
import type {
  ImageHeader,
  LutSource,
  OverlaySource,
  PlanePosition,
  Rescale,
  Spacing,
  SpacingTags,
  VoiFunction,
  VoiWindow,
} from './study-model.ts';
import { ultrasoundRegions } from './ultrasound-regions.ts';

/** The items of one frame in the functional groups of an enhanced image (PS3.3 C.7.6.16), the frame's own first. */
export type FrameGroups = readonly JsonDataset[];

/** Finds the macro that holds a tag: in the frame's groups, in the shared groups, else in the data set itself. */
function macro(dataset: JsonDataset, groups: FrameGroups, groupTag: string): JsonDataset {
  for (const group of groups) {
    const item = sequence(group, groupTag)[0];
    if (item) return item;
  }
  return dataset;
}

/** Reads one frame's header; what is missing is null or empty, and said where it is needed. */
export function imageHeader(dataset: JsonDataset, groups: FrameGroups): ImageHeader {
  const format = pixelFormat(dataset);
  const voi = macro(dataset, groups, '00289132');
  const anatomy = macro(dataset, groups, '00209071');
  return {
    modality: text(dataset, '00080060'),
    instanceNumber: number(dataset, '00200013'),
    format,
    transferSyntaxUid: text(dataset, '00083002') || text(dataset, '00020010'),
    lossy: text(dataset, '00282110'),
    padding: padding(dataset, format.isSigned),
    rescale: rescale(macro(dataset, groups, '00289145')),
    modalityLut: lutSequence(dataset, '00283000', format.isSigned)[0] ?? null,
    windows: windows(voi),
    voiFunction: voiFunction(text(voi, '00281056')),
    voiLuts: lutSequence(voi, '00283010', format.isSigned),
    palette: palette(dataset, format.isSigned),
    spacing: spacing(dataset, macro(dataset, groups, '00289110')),
    regions: ultrasoundRegions(dataset),
    plane: plane(dataset, groups),
    patientOrientation: patientOrientation(dataset),
    sliceLocation: number(dataset, '00201041'),
    sliceThickness: number(macro(dataset, groups, '00289110'), '00180050'),
    laterality: text(anatomy, '00209072') || text(dataset, '00200062') || text(dataset, '00200060'),
    viewPosition: text(dataset, '00185101'),
    frameRate: frameRate(dataset),
    overlays: overlays(dataset),
  };
}

function pixelFormat(dataset: JsonDataset): PixelFormat {
  const isDouble = dataset['7FE00009'] !== undefined;
  const isFloat = isDouble || dataset['7FE00008'] !== undefined;
  const bitsAllocated = number(dataset, '00280100') ?? (isDouble ? 64 : isFloat ? 32 : 16);
  const bitsStored = number(dataset, '00280101') ?? bitsAllocated;
  return {
    rows: number(dataset, '00280010') ?? 0,
    columns: number(dataset, '00280011') ?? 0,
    samplesPerPixel: number(dataset, '00280002') ?? 1,
    photometricInterpretation: text(dataset, '00280004'),
    planarConfiguration: number(dataset, '00280006') === 1 ? 1 : 0,
    bitsAllocated,
    bitsStored,
    highBit: number(dataset, '00280102') ?? bitsStored - 1,
    isSigned: number(dataset, '00280103') === 1,
    isFloat,
  };
}

/** Padding is written as US or SS; a server that takes it for US turns -2000 into 63536. */
function padding(dataset: JsonDataset, isSigned: boolean): Padding | null {
  const asStored = (value: number) => (isSigned && value > 32_767 && value < 65_536 ? value - 65_536 : value);
  const value = number(dataset, '00280120');
  if (value === null) return null;
  const limit = number(dataset, '00280121') ?? value;
  const ends = [asStored(value), asStored(limit)];
  return { from: Math.min(...ends), to: Math.max(...ends) };
}

function rescale(item: JsonDataset): Rescale | null {
  const slope = number(item, '00281053');
  const intercept = number(item, '00281052');
  if (slope === null && intercept === null) return null;
  return { slope: slope || 1, intercept: intercept ?? 0, type: text(item, '00281054') };
}

function windows(item: JsonDataset): VoiWindow[] {
  const widths = numbers(item, '00281051');
  const names = texts(item, '00281055');
  return numbers(item, '00281050').flatMap((center, i) => {
    const width = widths[i];
    return width !== undefined && width > 0 ? [{ center, width, explanation: names[i] ?? '' }] : [];
  });
}

function voiFunction(name: string): VoiFunction {
  return name === 'SIGMOID' || name === 'LINEAR_EXACT' ? name : 'LINEAR';
}

function lut(dataset: JsonDataset, descriptor: string, data: string, isSigned: boolean): LutSource | null {
  const [count, first, bits] = numbers(dataset, descriptor);
  const bytes = binary(dataset, data);
  if (count === undefined || first === undefined || bits === undefined || !bytes) return null;
  return {
    // Zero stands for 65536, which does not fit in the sixteen bits of the descriptor.
    entries: count === 0 ? 65_536 : count,
    first: isSigned && first > 32_767 ? first - 65_536 : first,
    bits,
    data: bytes,
    explanation: text(dataset, '00283003'),
  };
}

function lutSequence(dataset: JsonDataset, tag: string, isSigned: boolean): LutSource[] {
  return sequence(dataset, tag)
    .slice(0, 32)
    .flatMap((item) => lut(item, '00283002', '00283006', isSigned) ?? []);
}

function palette(dataset: JsonDataset, isSigned: boolean): ImageHeader['palette'] {
  const red = lut(dataset, '00281101', '00281201', isSigned);
  const green = lut(dataset, '00281102', '00281202', isSigned);
  const blue = lut(dataset, '00281103', '00281203', isSigned);
  return red && green && blue ? { red, green, blue } : null;
}

function pair(item: JsonDataset, tag: string): Spacing | null {
  const [row, column] = numbers(item, tag);
  return row !== undefined && column !== undefined && row > 0 && column > 0 ? [row, column] : null;
}

function spacing(dataset: JsonDataset, measures: JsonDataset): SpacingTags {
  return {
    pixel: pair(measures, '00280030'),
    calibrationType: text(dataset, '00280A02'),
    imager: pair(dataset, '00181164') ?? pair(dataset, '00182010'),
    magnification: number(dataset, '00181114'),
    aspect: pair(dataset, '00280034'),
  };
}

function plane(dataset: JsonDataset, groups: FrameGroups): PlanePosition | null {
  const [x, y, z] = numbers(macro(dataset, groups, '00209113'), '00200032');
  const [rx, ry, rz, cx, cy, cz] = numbers(macro(dataset, groups, '00209116'), '00200037');
  if (x === undefined || y === undefined || z === undefined) return null;
  if (rx === undefined || ry === undefined || rz === undefined) return null;
  if (cx === undefined || cy === undefined || cz === undefined) return null;
  const frameOfReferenceUid = text(dataset, '00200052');
  return { origin: [x, y, z], row: [rx, ry, rz], column: [cx, cy, cz], frameOfReferenceUid };
}

function patientOrientation(dataset: JsonDataset): readonly [string, string] | null {
  const [row, column] = texts(dataset, '00200020');
  return row && column ? [row, column] : null;
}

/** Recommended Display Frame Rate, Cine Rate, else the time of a frame; nonsense is left out. */
function frameRate(dataset: JsonDataset): number | null {
  const frameTime = number(dataset, '00181063') ?? mean(numbers(dataset, '00181065').slice(1));
  const rate = number(dataset, '00082144') ?? number(dataset, '00180040') ?? (frameTime ? 1000 / frameTime : null);
  return rate !== null && rate > 0 && rate <= 240 ? rate : null;
}

function mean(list: readonly number[]): number | null {
  return list.length > 0 ? list.reduce((sum, value) => sum + value, 0) / list.length : null;
}

/** Overlay planes 6000 to 601E that are kept apart from the pixels (PS3.3 C.9.2). */
function overlays(dataset: JsonDataset): OverlaySource[] {
  const found: OverlaySource[] = [];
  for (let group = 0x6000; group <= 0x601e; group += 2) {
    const prefix = group.toString(16).toUpperCase();
    const data = binary(dataset, `${prefix}3000`);
    const rows = number(dataset, `${prefix}0010`);
    const columns = number(dataset, `${prefix}0011`);
    if (!data || !rows || !columns) continue;
    const [row = 1, column = 1] = numbers(dataset, `${prefix}0050`);
    found.push({ rows, columns, origin: [row, column], data });
  }
  return found;
}
