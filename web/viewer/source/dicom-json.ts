import { ViewerProblem } from '../problem.ts';
import { imageHeader } from './image-header.ts';
import { isDataset, type JsonDataset, number, personName, sequence, text } from './json-tags.ts';
import { imageOrder, seriesOrder } from './order.ts';
import type { ViewerImage, ViewerSeries, ViewerStudy } from './study-model.ts';

/** More frames than any honest study has; beyond it the page would only run out of memory more slowly. */
export const maxImages = 20_000;

/**
 * Reads the answer of a study's metadata (PS3.18 section 10.4.1.1.2, DICOM JSON model) into series of frames.
 * @throws ViewerProblem not-dicom-json, no-images, too-many-images.
 */
export function readStudy(answer: unknown, studyUid: string): ViewerStudy {
  if (!Array.isArray(answer)) throw new ViewerProblem('not-dicom-json');
  const datasets = answer.filter(isDataset);
  const pictures = datasets.filter(
    (dataset) => (number(dataset, '00280010') ?? 0) > 0 && text(dataset, '00080018') !== '',
  );
  const first = pictures[0];
  if (!first) throw new ViewerProblem('no-images', { instances: datasets.length });
  const total = pictures.reduce((sum, dataset) => sum + frameCount(dataset), 0);
  if (total > maxImages) throw new ViewerProblem('too-many-images', { found: total, limit: maxImages });
  const bySeries = Map.groupBy(pictures, (dataset) => text(dataset, '0020000E'));
  const series = [...bySeries].map(([seriesUid, members]) => readSeries(studyUid, seriesUid, members));
  return {
    studyUid,
    patient: {
      name: personName(first, '00100010'),
      id: text(first, '00100020'),
      sex: text(first, '00100040'),
      birthDate: text(first, '00100030'),
      age: text(first, '00101010'),
    },
    date: text(first, '00080020'),
    time: text(first, '00080030'),
    timezone: text(first, '00080201'),
    description: text(first, '00081030'),
    accessionNumber: text(first, '00080050'),
    institution: text(first, '00080080'),
    series: series.sort(seriesOrder),
    otherInstances: datasets.length - pictures.length,
  };
}

function frameCount(dataset: JsonDataset): number {
  const frames = number(dataset, '00280008') ?? 1;
  return Number.isInteger(frames) && frames > 0 ? frames : 1;
}

function readSeries(studyUid: string, seriesUid: string, members: readonly JsonDataset[]): ViewerSeries {
  const first = members[0] as JsonDataset;
  const images = members.flatMap((dataset) => readImages(studyUid, seriesUid, dataset));
  return {
    seriesUid,
    modality: text(first, '00080060'),
    number: number(first, '00200011'),
    description: text(first, '0008103E') || text(first, '00181030'),
    bodyPart: text(first, '00180015'),
    images: images.sort(imageOrder(images)),
  };
}

function readImages(studyUid: string, seriesUid: string, dataset: JsonDataset): ViewerImage[] {
  const sopInstanceUid = text(dataset, '00080018');
  const shared = sequence(dataset, '52009229');
  const perFrame = sequence(dataset, '52009230');
  // Frames without groups of their own are all alike, so that a thousand of them share one header.
  const common = imageHeader(dataset, shared);
  return Array.from({ length: frameCount(dataset) }, (_, i) => {
    const own = perFrame[i];
    return {
      key: `${sopInstanceUid}/${i + 1}`,
      ref: { studyUid, seriesUid, sopInstanceUid, frame: i + 1 },
      header: own ? imageHeader(dataset, [own, ...shared]) : common,
    };
  });
}
