import type { PixelFormat } from '../decode/picture-types.ts';
import type { ImageHeader, ViewerImage, ViewerSeries, ViewerStudy } from '../source/study-model.ts';

/** Sixteen-bit grey unless told otherwise. */
export function pixelFormat(change: Partial<PixelFormat> = {}): PixelFormat {
  const bitsStored = change.bitsStored ?? change.bitsAllocated ?? 16;
  return {
    rows: 2,
    columns: 3,
    samplesPerPixel: 1,
    photometricInterpretation: 'MONOCHROME2',
    planarConfiguration: 0,
    bitsAllocated: 16,
    bitsStored,
    highBit: bitsStored - 1,
    isSigned: false,
    isFloat: false,
    ...change,
  };
}

export function imageHeader(change: Partial<ImageHeader> = {}): ImageHeader {
  return {
    modality: 'CT',
    instanceNumber: 1,
    format: pixelFormat(),
    transferSyntaxUid: '1.2.840.10008.1.2.1',
    lossy: '',
    padding: null,
    rescale: null,
    modalityLut: null,
    windows: [],
    voiFunction: 'LINEAR',
    voiLuts: [],
    palette: null,
    spacing: { pixel: null, calibrationType: '', imager: null, magnification: null, aspect: null },
    regions: [],
    plane: null,
    patientOrientation: null,
    sliceLocation: null,
    sliceThickness: null,
    laterality: '',
    viewPosition: '',
    frameRate: null,
    overlays: [],
    ...change,
  };
}

export function viewerImage(seriesUid: string, number: number, header: Partial<ImageHeader> = {}): ViewerImage {
  const sopInstanceUid = `${seriesUid}.${number}`;
  return {
    key: `${sopInstanceUid}/1`,
    ref: { studyUid: '1', seriesUid, sopInstanceUid, frame: 1 },
    header: imageHeader({ instanceNumber: number, ...header }),
  };
}

export function viewerSeries(seriesUid: string, count: number, change: Partial<ViewerSeries> = {}): ViewerSeries {
  const images = Array.from({ length: count }, (_, i) => viewerImage(seriesUid, i + 1));
  return { seriesUid, modality: 'CT', number: 1, description: '', bodyPart: '', images, ...change };
}

export function viewerStudy(series: readonly ViewerSeries[]): ViewerStudy {
  const name = { alphabetic: '', ideographic: '', phonetic: '' };
  return {
    studyUid: '1',
    patient: { name, id: '', sex: '', birthDate: '', age: '' },
    date: '',
    time: '',
    timezone: '',
    description: '',
    accessionNumber: '',
    institution: '',
    series,
    otherInstances: 0,
  };
}
