import type { SessionMark } from '@lianzhen/contracts/session-marks.ts';
import type { DicomJson } from '@lianzhen/dicom/model.ts';
import { tags } from '@lianzhen/dicom/tags.ts';
import { attribute, bounded, items } from '../../sr/dicom-values.ts';
import { cielab } from './layer-colour.ts';
import { markShapes, type Shape } from './mark-shapes.ts';
import type { ReferencedImage } from './session-evidence.ts';
import { imageReference } from './study-modules.ts';

/** Authors in the order of their first mark; each has a layer. */
function authorsOf(marks: readonly SessionMark[]): SessionMark[] {
  return marks.filter(({ seatId }, at) => marks.findIndex((mark) => mark.seatId === seatId) === at);
}

const layerName = (place: number): string => `AUTHOR${place + 1}`;

/** A layer for each author, with name and colour (PS3.3 C.10.7). */
export function graphicLayers(marks: readonly SessionMark[]): DicomJson[] {
  return authorsOf(marks).map(({ author, colour }, place) => ({
    '00700002': attribute('CS', layerName(place)),
    '00700062': attribute('IS', place + 1),
    '00700066': attribute('US', 0xffff),
    '00700401': attribute('US', ...cielab(colour)),
    '00700068': attribute('LO', bounded(author, 64)),
  }));
}

/** The marks as graphics and words on their frames (PS3.3 C.10.5): one item for each frame and author. */
export function annotations(marks: readonly SessionMark[], images: ReadonlyMap<string, ReferencedImage>): DicomJson[] {
  const places = new Map(authorsOf(marks).map(({ seatId }, place) => [seatId, place]));
  const groups = Map.groupBy(marks, (mark) => `${mark.seatId} ${mark.sopInstanceUid} ${mark.frame}`);
  return [...groups.values()].flatMap((members) => {
    const [first] = members;
    const image = first && images.get(first.sopInstanceUid);
    const graphics = members.flatMap(markShapes).map(graphicObject);
    if (!first || !image || graphics.length === 0) return [];
    return [
      {
        [tags.ReferencedImageSequence]: items(imageReference(image, [first.frame])),
        '00700002': attribute('CS', layerName(places.get(first.seatId) ?? 0)),
        '00700008': items(...members.map(textObject)),
        '00700009': items(...graphics),
      },
    ];
  });
}

function graphicObject({ type, data, isClosed }: Shape): DicomJson {
  return {
    '00700005': attribute('CS', 'PIXEL'),
    '00700020': attribute('US', 2),
    '00700021': attribute('US', data.length / 2),
    '00700022': attribute('FL', ...data),
    '00700023': attribute('CS', type),
    ...(isClosed ? { '00700024': attribute('CS', 'N') } : {}),
  };
}

/** Who made the mark and what it measures, at its first point. */
function textObject(mark: SessionMark): DicomJson {
  const values = mark.values.map(({ name, value, unit }) => `${name} ${Number(value.toPrecision(4))} ${unit}`.trim());
  const words = [mark.author, mark.text, ...values].filter(Boolean).join('; ');
  const [p] = mark.points;
  return {
    '00700004': attribute('CS', 'PIXEL'),
    '00700006': attribute('ST', bounded(words, 500)),
    '00700014': attribute('FL', p?.x ?? 0, p?.y ?? 0),
    '00700015': attribute('CS', 'N'),
  };
}
