import type { SharedViewport } from '@lianzhen/contracts/shared-view.ts';
import { type DicomJson, number, numbers, text } from '@lianzhen/dicom/model.ts';
import { sopClass } from '@lianzhen/dicom/sop-classes.ts';
import { tags } from '@lianzhen/dicom/tags.ts';
import { attribute, bounded, dayAndTime, items, personName } from '../../sr/dicom-values.ts';
import { displayedArea } from './displayed-area.ts';
import { annotations, graphicLayers } from './graphic-annotations.ts';
import type { ReferencedImage, StudyEvidence } from './session-evidence.ts';
import { srgbProfile } from './srgb-profile.ts';
import { commonModules, imageReference, imagesOf, isMonochrome } from './study-modules.ts';

const colourPresentationState = '1.2.840.10008.5.1.4.1.1.11.2';

/** Images of one series that one presentation state can serve: the same size, and the same meaning of their values. */
function likeness({ seriesUid, attributes }: ReferencedImage): string {
  const facts = [tags.Rows, tags.Columns, tags.RescaleSlope, tags.RescaleIntercept, tags.PhotometricInterpretation];
  return JSON.stringify([seriesUid, ...facts.map((tag) => attributes[tag]?.Value ?? [])]);
}

/**
 * A softcopy presentation state for each series that was marked or was on everyone's screen at the end: the marks as
 * graphics, one layer for each author, with window, zoom and turn as they were seen (PS3.3 A.33.1; A.33.2 for colour).
 */
export function presentationStates(evidence: StudyEvidence): DicomJson[] {
  const shown = evidence.tiles.flatMap(({ sopInstanceUid }) => (sopInstanceUid ? [{ sopInstanceUid }] : []));
  const images = imagesOf(evidence, [...evidence.marks, ...shown]).filter(hasSize);
  const groups = Map.groupBy(images, likeness);
  return [...groups.values()].map((members, at) => presentationState(evidence, members, at + 1));
}

const hasSize = ({ attributes }: ReferencedImage): boolean =>
  (number(attributes, tags.Rows) ?? 0) > 0 && (number(attributes, tags.Columns) ?? 0) > 0;

function presentationState(evidence: StudyEvidence, images: readonly ReferencedImage[], place: number): DicomJson {
  const [first] = images as [ReferencedImage, ...ReferencedImage[]];
  const { day, time } = dayAndTime(evidence.at);
  const isGrey = isMonochrome(first);
  const tile = evidence.tiles.find(({ seriesUid }) => seriesUid === first.seriesUid);
  const uids = new Set(images.map(({ sopInstanceUid }) => sopInstanceUid));
  const marks = evidence.marks.filter(({ sopInstanceUid }) => uids.has(sopInstanceUid));
  const graphics = annotations(marks, evidence.images);
  return {
    ...commonModules(evidence, first, {
      sopClassUid: isGrey ? sopClass.grayscalePresentationState : colourPresentationState,
      modality: 'PR',
      seriesNumber: 9911,
      seriesDescription: '会诊标注',
      about: `${first.seriesUid} ${place}`,
    }),
    // Wanted of a series without a body part that has two sides; the images say which side they show.
    [tags.Laterality]: attribute('CS'),
    '00700080': attribute('CS', 'CONSULTATION'),
    '00700081': attribute('LO', bounded(`会诊 ${evidence.consultationNumber}`, 64)),
    '00700082': attribute('DA', day),
    '00700083': attribute('TM', time),
    '00700084': personName(evidence.creator),
    [tags.ReferencedSeriesSequence]: items({
      [tags.SeriesInstanceUID]: attribute('UI', first.seriesUid),
      [tags.ReferencedImageSequence]: items(...images.map((image) => imageReference(image))),
    }),
    ...area(first, tile),
    ...(graphics.length > 0 ? { '00700001': items(...graphics), '00700060': items(...graphicLayers(marks)) } : {}),
    ...(isGrey
      ? greyTransform(first, tile)
      : { '00282000': { vr: 'OB', InlineBinary: srgbProfile().toString('base64') } }),
  };
}

const untouched = { scale: 1, translation: { x: 0, y: 0 }, rotation: 0, hflip: false, vflip: false } as const;

function area({ attributes }: ReferencedImage, tile: SharedViewport | undefined): DicomJson {
  const size = { columns: number(attributes, tags.Columns) ?? 1, rows: number(attributes, tags.Rows) ?? 1 };
  const { topLeft, bottomRight, rotation, isFlipped } = displayedArea(size, tile ?? untouched);
  const spacing = numbers(attributes, tags.PixelSpacing);
  return {
    '0070005A': items({
      '00700052': attribute('SL', ...topLeft),
      '00700053': attribute('SL', ...bottomRight),
      '00700100': attribute('CS', 'SCALE TO FIT'),
      ...(spacing.length === 2
        ? { '00700101': attribute('DS', ...spacing) }
        : { '00700102': attribute('IS', ...aspectOf(attributes)) }),
    }),
    '00700041': attribute('CS', isFlipped ? 'Y' : 'N'),
    '00700042': attribute('US', rotation),
  };
}

/** Pixel Aspect Ratio; square where the image does not say. */
function aspectOf(attributes: DicomJson): number[] {
  const found = numbers(attributes, '00280034').map(Math.round);
  return found.length === 2 && found.every((part) => part > 0) ? found : [1, 1];
}

/** Rescale, window and polarity: a presentation state replaces the image's own, so that it has to repeat them. */
function greyTransform({ attributes }: ReferencedImage, tile: SharedViewport | undefined): DicomJson {
  const slope = number(attributes, tags.RescaleSlope);
  const intercept = number(attributes, tags.RescaleIntercept);
  const isRescaled = slope !== undefined && intercept !== undefined;
  const window = windowOf(attributes, tile);
  // Presentation LUT Shape: the image's own polarity, turned round where that was how it was seen.
  const isInverse = text(attributes, tags.PhotometricInterpretation) === 'MONOCHROME1';
  return {
    ...(isRescaled
      ? {
          [tags.RescaleIntercept]: attribute('DS', intercept),
          [tags.RescaleSlope]: attribute('DS', slope),
          [tags.RescaleType]: attribute('LO', text(attributes, tags.RescaleType) ?? 'US'),
        }
      : {}),
    ...(window
      ? {
          '00283110': items({
            [tags.WindowCenter]: attribute('DS', window.center),
            [tags.WindowWidth]: attribute('DS', window.width),
          }),
        }
      : {}),
    '20500020': attribute('CS', isInverse !== (tile?.invert ?? false) ? 'INVERSE' : 'IDENTITY'),
  };
}

/** The window as it was seen: the reader's, else the one of the file that was shown. */
function windowOf(attributes: DicomJson, tile: SharedViewport | undefined): { center: number; width: number } | null {
  if (tile && tile.windowCenter !== null && tile.windowWidth !== null) {
    return { center: tile.windowCenter, width: Math.max(1, tile.windowWidth) };
  }
  const at = tile?.fileVoi ?? 0;
  const center = numbers(attributes, tags.WindowCenter)[at];
  const width = numbers(attributes, tags.WindowWidth)[at];
  return center !== undefined && width !== undefined && width >= 1 ? { center, width } : null;
}
