import type { DicomJson } from '@lianzhen/dicom/model.ts';
import { writePart10 } from '@lianzhen/dicom/part10.ts';
import { sopClass } from '@lianzhen/dicom/sop-classes.ts';
import { tags } from '@lianzhen/dicom/tags.ts';
import { ours } from '../dicom/acquisition.ts';
import { attribute, codeItem, items } from '../dicom/dicom-values.ts';
import { commonModules, type ObjectIdentity } from '../dicom/object-identity.ts';
import { wave } from '../dicom/waveform-tags.ts';
import { type JpegHeader, readJpegHeader } from './jpeg-header.ts';
import { type PngPixels, readPngPixels } from './png-pixels.ts';
import { readPicture } from './read-picture.ts';

const photographic = '1.2.840.10008.5.1.4.1.1.77.1.4';
const jpegSyntax: Readonly<Record<JpegHeader['process'], string>> = {
  baseline: '1.2.840.10008.1.2.4.50',
  extended: '1.2.840.10008.1.2.4.51',
  // Retired for new objects, and what the bytes are: coding them anew would lose more.
  progressive: '1.2.840.10008.1.2.4.55',
};
const photometric: Readonly<Record<JpegHeader['colour'], string>> = {
  grey: 'MONOCHROME2',
  ycc: 'YBR_FULL',
  'ycc-422': 'YBR_FULL_422',
  rgb: 'RGB',
};

/** Patient, study and time of arrival; a picture says nothing about when it was recorded. */
function modulesOf(bytes: Buffer, identity: ObjectIdentity, sopClassUid: string): DicomJson {
  const common = commonModules(readPicture(bytes), identity, sopClassUid);
  const {
    [ours.creatorTag]: _creator,
    [ours.unknownTag]: _unknown,
    [tags.AcquisitionDateTime]: _time,
    ...rest
  } = common;
  return rest;
}

/** PS3.3 A.45.1 */
function encapsulatedPdf(bytes: Buffer, identity: ObjectIdentity): Buffer {
  return writePart10({
    ...modulesOf(bytes, identity, sopClass.encapsulatedPdf),
    [tags.Modality]: attribute('CS', 'ECG'),
    [tags.AcquisitionDateTime]: attribute('DT'),
    '00080064': attribute('CS', 'WSD'),
    [tags.BurnedInAnnotation]: attribute('CS', 'YES'),
    '00420010': attribute('ST', '心电图 ECG'),
    [wave.ConceptNameCodeSequence]: items(codeItem('11524-6', 'LN', 'EKG study')),
    '00420011': { vr: 'OB', InlineBinary: bytes.toString('base64') },
    '00420012': attribute('LO', 'application/pdf'),
    '00420015': attribute('UL', bytes.length),
  });
}

/** PS3.3 A.32.4 */
function photograph(bytes: Buffer, identity: ObjectIdentity, size: { rows: number; columns: number }, colour: string) {
  const isColour = colour !== 'MONOCHROME2';
  return {
    ...modulesOf(bytes, identity, photographic),
    [tags.Modality]: attribute('CS', 'XC'),
    [tags.ImageType]: attribute('CS', 'ORIGINAL', 'PRIMARY'),
    [tags.BurnedInAnnotation]: attribute('CS', 'YES'),
    [tags.PatientOrientation]: attribute('CS'),
    [tags.Laterality]: attribute('CS'),
    [wave.AcquisitionContextSequence]: items(),
    [tags.SamplesPerPixel]: attribute('US', isColour ? 3 : 1),
    [tags.PhotometricInterpretation]: attribute('CS', colour),
    ...(isColour ? { [tags.PlanarConfiguration]: attribute('US', 0) } : {}),
    [tags.Rows]: attribute('US', size.rows),
    [tags.Columns]: attribute('US', size.columns),
    [tags.BitsAllocated]: attribute('US', 8),
    [tags.BitsStored]: attribute('US', 8),
    [tags.HighBit]: attribute('US', 7),
    [tags.PixelRepresentation]: attribute('US', 0),
  };
}

function fromJpeg(bytes: Buffer, identity: ObjectIdentity): Buffer {
  const header = readJpegHeader(bytes);
  const samples = header.rows * header.columns * header.components;
  const json = {
    ...photograph(bytes, identity, header, photometric[header.colour]),
    [tags.LossyImageCompression]: attribute('CS', '01'),
    [tags.LossyImageCompressionRatio]: attribute('DS', Number((samples / bytes.length).toFixed(2))),
    [tags.LossyImageCompressionMethod]: attribute('CS', 'ISO_10918_1'),
  };
  return writePart10(json, jpegSyntax[header.process], [bytes]);
}

function fromPng(bytes: Buffer, identity: ObjectIdentity): Buffer {
  const { data, components, ...size }: PngPixels = readPngPixels(bytes);
  const json = {
    ...photograph(bytes, identity, size, components === 1 ? 'MONOCHROME2' : 'RGB'),
    [tags.LossyImageCompression]: attribute('CS', '00'),
  };
  return writePart10(json, undefined, data);
}

/**
 * A picture of an electrocardiogram as a DICOM file: a PDF inside Encapsulated PDF; a photograph as VL Photographic Image,
 * the JPEG itself as its one frame, a PNG as its pixels. Patient and study are those of `identity`.
 * @throws HubError ecg-invalid as `readPicture`, and for a PNG that is interlaced or larger than 65,535 a side
 */
export function writePicture(bytes: Buffer, identity: ObjectIdentity): Buffer {
  const mediaType = readPicture(bytes).picture?.mediaType;
  if (mediaType === 'application/pdf') return encapsulatedPdf(bytes, identity);
  return mediaType === 'image/jpeg' ? fromJpeg(bytes, identity) : fromPng(bytes, identity);
}
