import { tagOfKeyword, vrOf } from '@lianzhen/dicom/dictionary.ts';
import type { DicomAttribute, DicomJson, PersonName } from '@lianzhen/dicom/model.ts';
import { sopClass } from '@lianzhen/dicom/sop-classes.ts';
import { tags } from '@lianzhen/dicom/tags.ts';
import type { Modality, PhantomSize } from './dicom-phantom.ts';

export interface SyntheticPatient {
  name: PersonName | string;
  id: string;
  issuer?: string;
  /** DA */
  birthDate?: string;
  sex?: 'M' | 'F' | 'O';
}

/** What all instances of one synthetic study share. */
export interface StudyFacts {
  modality: Modality;
  patient: SyntheticPatient;
  accessionNumber: string;
  studyInstanceUid: string;
  seriesInstanceUid: string;
  frameOfReferenceUid: string;
  studyDate: string;
  studyTime: string;
  studyDescription: string;
  institutionName: string;
  stationName: string;
  size: PhantomSize;
}

type Plain = string | number | null | PersonName | DicomJson;

/** A dataset from keywords: the dictionary knows tag and representation. */
export function attributes(values: Record<string, Plain | Plain[]>): DicomJson {
  const json: DicomJson = {};
  for (const [keyword, value] of Object.entries(values)) {
    const tag = tagOfKeyword(keyword);
    if (!tag) throw new Error(`no such keyword: ${keyword}`);
    const list = [value].flat().filter((entry) => entry !== null && entry !== '');
    const attribute: DicomAttribute = { vr: vrOf(Number.parseInt(tag, 16)) };
    if (list.length > 0) attribute.Value = list;
    json[tag] = attribute;
  }
  return json;
}

const code = (value: string, scheme: string, meaning: string): DicomJson =>
  attributes({ CodeValue: value, CodingSchemeDesignator: scheme, CodeMeaning: meaning });

const CLASSES: Readonly<Record<Modality, string>> = {
  CT: sopClass.ct,
  MR: sopClass.mr,
  DX: sopClass.digitalXRayForPresentation,
  US: sopClass.ultrasound,
};

function patientAndStudy(facts: StudyFacts): DicomJson {
  const { patient } = facts;
  const name = typeof patient.name === 'string' ? { Alphabetic: patient.name } : patient.name;
  return attributes({
    StudyDate: facts.studyDate,
    StudyTime: facts.studyTime,
    AccessionNumber: facts.accessionNumber,
    Modality: facts.modality,
    Manufacturer: 'Lianzhen synthetic',
    InstitutionName: facts.institutionName,
    ReferringPhysicianName: null,
    StationName: facts.stationName,
    StudyDescription: facts.studyDescription,
    ManufacturerModelName: 'Phantom',
    PatientName: name,
    PatientID: patient.id,
    ...(patient.issuer ? { IssuerOfPatientID: patient.issuer } : {}),
    PatientBirthDate: patient.birthDate ?? null,
    PatientSex: patient.sex ?? null,
    DeviceSerialNumber: '1',
    SoftwareVersions: '1',
    StudyInstanceUID: facts.studyInstanceUid,
    SeriesInstanceUID: facts.seriesInstanceUid,
    StudyID: '1',
    SeriesNumber: 1,
  });
}

function pixelModule({ modality, size }: StudyFacts): DicomJson {
  const bits = modality === 'US' ? 8 : 16;
  const stored = modality === 'US' ? 8 : 12;
  return attributes({
    SamplesPerPixel: 1,
    PhotometricInterpretation: 'MONOCHROME2',
    Rows: size.rows,
    Columns: size.columns,
    BitsAllocated: bits,
    BitsStored: stored,
    HighBit: stored - 1,
    PixelRepresentation: 0,
    LossyImageCompression: '00',
    BurnedInAnnotation: 'NO',
  });
}

/** A section through a body along its axis, 2.5 mm apart. */
function plane(facts: StudyFacts, index: number): DicomJson {
  const spacing = 350 / facts.size.columns;
  return attributes({
    FrameOfReferenceUID: facts.frameOfReferenceUid,
    PositionReferenceIndicator: null,
    SliceThickness: 2.5,
    ImagePositionPatient: [-175, -175, index * 2.5],
    ImageOrientationPatient: [1, 0, 0, 0, 1, 0],
    SliceLocation: index * 2.5,
    PixelSpacing: [spacing, spacing],
  });
}

const MODALITIES: Readonly<Record<Modality, (facts: StudyFacts, index: number) => DicomJson>> = {
  CT: (facts, index) => ({
    ...plane(facts, index),
    ...attributes({
      ImageType: ['ORIGINAL', 'PRIMARY', 'AXIAL'],
      BodyPartExamined: 'CHEST',
      KVP: 120,
      PatientPosition: 'HFS',
      AcquisitionNumber: 1,
      RescaleIntercept: -1024,
      RescaleSlope: 1,
      RescaleType: 'HU',
      WindowCenter: 40,
      WindowWidth: 400,
    }),
  }),
  MR: (facts, index) => ({
    ...plane(facts, index),
    ...attributes({
      ImageType: ['ORIGINAL', 'PRIMARY', 'M', 'SE'],
      BodyPartExamined: 'CHEST',
      ScanningSequence: 'SE',
      SequenceVariant: 'NONE',
      ScanOptions: null,
      MRAcquisitionType: '2D',
      RepetitionTime: 500,
      EchoTime: 15,
      EchoTrainLength: 1,
      PatientPosition: 'HFS',
      WindowCenter: 800,
      WindowWidth: 1600,
    }),
  }),
  DX: (facts) => digitalXRay(facts),
  US: () =>
    attributes({
      ImageType: ['ORIGINAL', 'PRIMARY', 'ABDOMINAL', '0001'],
      BodyPartExamined: 'ABDOMEN',
      PatientOrientation: null,
      WindowCenter: 128,
      WindowWidth: 256,
    }),
};

function digitalXRay(facts: StudyFacts): DicomJson {
  const spacing = 430 / facts.size.columns;
  return attributes({
    ImageType: ['ORIGINAL', 'PRIMARY'],
    AcquisitionDate: facts.studyDate,
    AcquisitionTime: facts.studyTime,
    PresentationIntentType: 'FOR PRESENTATION',
    AnatomicRegionSequence: code('51185008', 'SCT', 'Chest'),
    BodyPartExamined: 'CHEST',
    KVP: 110,
    ExposureTime: 10,
    ImagerPixelSpacing: [spacing, spacing],
    PositionerType: 'NONE',
    DetectorType: 'DIRECT',
    ViewPosition: 'PA',
    PatientOrientation: ['L', 'F'],
    ImageLaterality: 'U',
    PixelSpacing: [spacing, spacing],
    PixelIntensityRelationship: 'LOG',
    PixelIntensityRelationshipSign: -1,
    RescaleIntercept: 0,
    RescaleSlope: 1,
    RescaleType: 'US',
    WindowCenter: 2048,
    WindowWidth: 4096,
    AcquisitionContextSequence: [],
    ViewCodeSequence: {
      ...code('399348003', 'SCT', 'postero-anterior projection'),
      ...attributes({ ViewModifierCodeSequence: [] }),
    },
    PresentationLUTShape: 'IDENTITY',
  });
}

/** The whole dataset of one instance but its pixels. */
export function instanceAttributes(facts: StudyFacts, sopInstanceUid: string, index: number): DicomJson {
  return {
    ...patientAndStudy(facts),
    ...pixelModule(facts),
    ...MODALITIES[facts.modality](facts, index),
    ...attributes({
      SOPClassUID: CLASSES[facts.modality],
      SOPInstanceUID: sopInstanceUid,
      SeriesDate: facts.studyDate,
      ContentDate: facts.studyDate,
      SeriesTime: facts.studyTime,
      ContentTime: facts.studyTime,
      InstanceNumber: index + 1,
    }),
    [tags.PatientOrientation]: MODALITIES[facts.modality](facts, index)[tags.PatientOrientation] ?? {
      vr: 'CS',
      Value: ['L', 'P'],
    },
  };
}
