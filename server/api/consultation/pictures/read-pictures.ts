import type { PictureEvent, SavedObject } from '@lianzhen/contracts/consultation-pictures.ts';
import { RoomEntry } from '@lianzhen/contracts/room-signals.ts';
import type { Tx } from '@lianzhen/db/client.ts';
import { evidenceModalities, evidenceSeriesUid } from '@lianzhen/dicom/evidence-uid.ts';
import { storageSopClasses } from '@lianzhen/dicom/sop-classes.ts';
import { recordRead } from '../../audit/record-read.ts';
import { type Ctx, requireAccess } from '../../context.ts';
import type { Deps } from '../../deps.ts';
import { read } from '../store.ts';
import * as store from './pictures-store.ts';

/** A session of hours, with a look every second. */
const mostEvents = 5000;

/**
 * What the room said about the pictures, and what was saved of it as DICOM: who led, what was looked at and marked by
 * whom and when, and the moment of the opinion. @throws `not-found` for who has no part in the consultation
 */
export async function readPictures(
  { db }: Pick<Deps, 'db'>,
  ctx: Ctx,
  { id }: { id: string },
): Promise<{ events: PictureEvent[]; isWhole: boolean; saved: SavedObject[] }> {
  const scope = requireAccess(ctx, 'consultation:read');
  return db.transaction(async (tx) => {
    const found = await read(tx, scope, id);
    const rows = await store.pictureEntries(tx, id, mostEvents + 1);
    const entries = rows.slice(0, mostEvents).map((row) => RoomEntry.parse({ ...row, at: row.at.toISOString() }));
    const studies = await store.studyUids(tx, id);
    const events = await pictureEvents(tx, id, studies, entries);
    const saved = await savedObjects(tx, id, studies);
    await recordRead(tx, ctx, {
      action: 'consultation.consultationRead',
      patientId: found.patientId,
      objectType: 'consultation',
      objectId: id,
    });
    return { events, isWhole: rows.length <= mostEvents, saved };
  });
}

async function pictureEvents(
  tx: Tx,
  consultationId: string,
  studies: string[],
  entries: readonly RoomEntry[],
): Promise<PictureEvent[]> {
  const names = await store.seatNames(tx, consultationId);
  const uids = new Set(entries.flatMap(({ what }) => placeIn(what)?.sopInstanceUid ?? []));
  const numbered = await store.numbersOf(tx, studies, [...uids]);
  const known = new Map(numbered.map((instance) => [instance.sopInstanceUid, instance]));
  return entries.flatMap(({ seq, at, name, what }) => {
    const told = eventOf(what, names, known);
    return told ? [{ seq, at, byName: name, what: told }] : [];
  });
}

type Fact = RoomEntry['what'];
type Named = { studyUid: string; seriesUid: string; sopInstanceUid: string; frame: number };

function placeIn(what: Fact): Named | undefined {
  if (what.kind === 'marked') return what.mark;
  return what.kind === 'looked' ? what : undefined;
}

function eventOf(
  what: Fact,
  names: ReadonlyMap<string, string>,
  known: ReadonlyMap<string, store.NumberedInstance>,
): PictureEvent['what'] | undefined {
  const place = ({ studyUid, seriesUid, sopInstanceUid, frame }: Named) => {
    const { number = null, series = null, sopClassUid = '' } = known.get(sopInstanceUid) ?? {};
    const uids = { studyInstanceUid: studyUid, seriesInstanceUid: seriesUid, sopInstanceUid, frame };
    const { number: seriesNumber = null, description: seriesDescription = null } = series ?? {};
    const isTrace = storageSopClasses.get(sopClassUid)?.kind === 'waveform';
    return { ...uids, seriesNumber, seriesDescription, imageNumber: number, isTrace };
  };
  switch (what.kind) {
    case 'lead':
      return { kind: 'lead', toName: what.toSeatId === null ? null : (names.get(what.toSeatId) ?? '') };
    case 'opened':
      return { kind: 'opened', studyInstanceUid: what.studyUid };
    case 'looked':
      return { kind: 'looked', place: place(what) };
    case 'marked': {
      const { id, kind, text, values, lead } = what.mark;
      return { kind: 'marked', markId: id, markKind: kind, lead, text, values, place: place(what.mark) };
    }
    case 'unmarked':
      return { kind: 'unmarked', markId: what.id };
    case 'opinion':
      return { kind: 'opinion', versionNumber: what.versionNumber };
    default:
      return undefined;
  }
}

async function savedObjects(tx: Tx, consultationId: string, studies: readonly string[]): Promise<SavedObject[]> {
  const series = new Map(
    studies.flatMap((studyUid) =>
      evidenceModalities.map((modality) => [evidenceSeriesUid(consultationId, studyUid, modality), modality] as const),
    ),
  );
  const rows = await store.savedIn(tx, [...series.keys()]);
  return rows.flatMap(({ receivedAt, ...uids }) => {
    const modality = series.get(uids.seriesInstanceUid);
    return modality ? [{ ...uids, modality, savedAt: receivedAt.toISOString() }] : [];
  });
}
