import type { OpinionEvidence } from '@lianzhen/contracts/opinion-evidence.ts';
import { RoomEntry } from '@lianzhen/contracts/room-signals.ts';
import { foldEntries, type SessionFrame, type SessionTrace } from '@lianzhen/contracts/session-marks.ts';
import type { Tx } from '@lianzhen/db/client.ts';
import { evidenceModalities, evidenceSeriesUid } from '@lianzhen/dicom/evidence-uid.ts';
import { type DicomJson, sequence, text } from '@lianzhen/dicom/model.ts';
import { tags } from '@lianzhen/dicom/tags.ts';
import * as store from './opinion-evidence-store.ts';

const titles = { PR: '会诊标注', KO: '会诊关键图像', SR: '会诊测量' } as const;

/**
 * What an opinion that is signed now rests on: the marks that stand in its room, and the objects that hold them. Only
 * objects that are in the study already are named, so that a signature never promises what might not come to be.
 * @returns undefined where nothing is marked, `unsaved` where a mark is not in an object yet
 */
export async function opinionEvidence(
  tx: Tx,
  consultationId: string,
): Promise<OpinionEvidence | 'unsaved' | undefined> {
  const rows = await store.markEntries(tx, consultationId);
  const entries = rows.map((row) => RoomEntry.parse({ ...row, at: row.at.toISOString() }));
  const whole: OpinionEvidence = { objects: [], marks: [] };
  for (const studyUid of await store.studyUids(tx, consultationId)) {
    const trace = foldEntries(studyUid, entries, []);
    const images = await imagesOf(tx, studyUid, trace);
    const marks = trace.marks.filter((mark) => isThere(images, mark));
    if (marks.length === 0) continue;
    const needed = Math.max(...[...images.keys()].map((uid) => trace.touched.get(uid) ?? 0));
    const objects = await savedSince(tx, consultationId, studyUid, needed);
    if (!objects) return 'unsaved';
    whole.objects.push(...objects);
    whole.marks.push(...marks.map((mark) => markOf(mark, images.get(mark.sopInstanceUid))));
  }
  return whole.marks.length > 0 ? whole : undefined;
}

async function imagesOf(tx: Tx, studyUid: string, { touched }: SessionTrace): Promise<Map<string, store.MarkedImage>> {
  const rows = await store.markedImages(tx, studyUid, [...touched.keys()]);
  return new Map(rows.map((row) => [row.sopInstanceUid, row]));
}

/** As the objects are made: what a browser claims about images that the hub does not hold is nothing. */
function isThere(images: ReadonlyMap<string, store.MarkedImage>, at: SessionFrame): boolean {
  const image = images.get(at.sopInstanceUid);
  return image?.seriesInstanceUid === at.seriesUid && at.frame <= framesOf(image);
}

/** A trace is indexed with no frames; it is marked as a whole. */
const framesOf = ({ frameCount }: store.MarkedImage): number => frameCount || 1;

function markOf(mark: SessionTrace['marks'][number], image: store.MarkedImage | undefined) {
  const { author, kind, text: said, values, frame, lead } = mark;
  return {
    ...{ author, kind, text: said, values, frame, frameCount: image ? framesOf(image) : 1, ...(lead && { lead }) },
    ...{ studyInstanceUid: mark.studyUid, sopInstanceUid: mark.sopInstanceUid },
    ...{ seriesNumber: image?.series?.number ?? null, imageNumber: image?.number ?? null },
  };
}

/**
 * The newest objects of a study, where they hold all that was marked until an entry: an object's Instance Number is the
 * last entry it knows of. Nothing while one is still on its way into the index.
 */
async function savedSince(tx: Tx, consultationId: string, studyUid: string, needed: number) {
  const series = new Map(evidenceModalities.map((kind) => [evidenceSeriesUid(consultationId, studyUid, kind), kind]));
  const rows = await store.savedObjects(tx, studyUid, [...series.keys()]);
  // Key objects are kept last: those of an entry say that everything of it is there.
  const keys = rows.filter((row) => series.get(row.seriesInstanceUid) === 'KO');
  const newest = Math.max(0, ...keys.map(({ number }) => number ?? 0));
  const isOnItsWay = rows.some(({ indexedAt, indexError }) => indexedAt === null && indexError === null);
  if (isOnItsWay || newest === 0 || newest < needed) return undefined;
  // The screen may have changed without an entry: of the same kind over the same images the last one counts.
  const last = new Map<string, Parameters<typeof objectOf>[0]>();
  for (const row of rows) {
    const modality = series.get(row.seriesInstanceUid);
    if (!modality || row.number !== newest) continue;
    const json = (row.attributes ?? {}) as unknown as DicomJson;
    last.set(`${modality} ${modality === 'PR' ? imagesIn(json).sort().join() : ''}`, { ...row, modality, json });
  }
  return [...last.values()].map(objectOf);
}

/** Images that a presentation state is for (PS3.3 C.11.11). */
const imagesIn = (json: DicomJson): string[] =>
  sequence(json, tags.ReferencedSeriesSequence)
    .flatMap((one) => sequence(one, tags.ReferencedImageSequence))
    .flatMap((one) => text(one, tags.ReferencedSOPInstanceUID) ?? []);

interface Kept extends Pick<store.SavedObject, 'sopInstanceUid' | 'sopClassUid' | 'seriesInstanceUid'> {
  studyInstanceUid: string;
  modality: keyof typeof titles;
  json: DicomJson;
}
const objectOf = ({ modality, json, studyInstanceUid, seriesInstanceUid, sopClassUid, sopInstanceUid }: Kept) => ({
  ...{ modality, title: titles[modality], count: counted[modality](json) },
  ...{ studyInstanceUid, seriesInstanceUid, sopClassUid, sopInstanceUid },
});

const contentTree = '0040A730';
const nameOf = (item: DicomJson): string | undefined =>
  sequence(item, '0040A043').flatMap((one) => text(one, '00080100') ?? [])[0];
const inTree = (json: DicomJson, code: string): DicomJson[] =>
  sequence(json, contentTree).flatMap((item) => [...(nameOf(item) === code ? [item] : []), ...inTree(item, code)]);

/** Read from the objects themselves: words of marks, images of key objects, measurement groups (PS3.16 TID 1501). */
const counted: Record<keyof typeof titles, (json: DicomJson) => number> = {
  PR: (json) => sequence(json, '00700001').flatMap((item) => sequence(item, '00700008')).length,
  KO: (json) =>
    sequence(json, contentTree).filter((item) => /^(IMAGE|WAVEFORM)$/.test(text(item, '0040A040') ?? '')).length,
  SR: (json) => inTree(json, '125007').length,
};
