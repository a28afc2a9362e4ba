import { RecordedTile, type RecordingMark, RecordingState, type RecordingView } from '@lianzhen/contracts/recording.ts';
import { RoomEntry, type RoomFact } from '@lianzhen/contracts/room-signals.ts';
import type { Tx } from '@lianzhen/db/client.ts';
import { z } from 'zod';
import { recordRead } from '../../audit/record-read.ts';
import { type Ctx, requireAccess } from '../../context.ts';
import type { Deps } from '../../deps.ts';
import { read } from '../store.ts';
import * as store from './store.ts';

const Tiles = z.array(RecordedTile);

/**
 * A consultation's recordings, each with what can be jumped to, the latest first.
 * @throws `not-found` for who has no part in the consultation
 */
export async function listRecordings(
  { db }: Pick<Deps, 'db'>,
  ctx: Ctx,
  { consultationId }: { consultationId: string },
): Promise<RecordingView[]> {
  const scope = requireAccess(ctx, 'consultation:read');
  return db.transaction(async (tx) => {
    const found = await read(tx, scope, consultationId);
    const views = await viewsOf(tx, found.id);
    await recordRead(tx, ctx, {
      action: 'consultation.consultationRead',
      patientId: found.patientId,
      objectType: 'consultation',
      objectId: found.id,
    });
    return views;
  });
}

async function viewsOf(tx: Tx, consultationId: string): Promise<RecordingView[]> {
  const rows = await store.listOf(tx, consultationId);
  if (rows.length === 0) return [];
  const entries = await store.entriesOf(tx, consultationId);
  const facts = entries.map(({ at, name, what }) => ({ at, name, fact: RoomEntry.shape.what.parse(what) }));
  const uids = facts.flatMap(({ fact }) => (fact.kind === 'opened' ? [fact.studyUid] : []));
  const studies = await store.studyNames(tx, [...new Set(uids)]);
  return rows.map((row) => {
    const until = row.endedAt ?? row.aliveAt;
    const during = facts.filter(({ at }) => at >= row.startedAt && at <= until);
    return {
      id: row.id,
      state: RecordingState.parse(row.state),
      startedAt: row.startedAt.toISOString(),
      endedAt: row.endedAt?.toISOString() ?? null,
      startedByName: row.startedByName,
      consentNote: row.consentNote,
      durationMs: row.durationMs,
      size: row.size === null ? null : Number(row.size),
      failure: row.failure,
      keepUntil: row.keepUntil?.toISOString() ?? null,
      tiles: Tiles.parse(row.tiles),
      marks: during.flatMap(({ at, name, fact }) =>
        markOf(at.getTime() - row.startedAt.getTime(), name, fact, studies),
      ),
    };
  });
}

function markOf(atMs: number, name: string, fact: RoomFact, studies: ReadonlyMap<string, string>): RecordingMark[] {
  const mark = (kind: RecordingMark['kind'], text = ''): RecordingMark[] => [{ atMs, kind, name, text }];
  switch (fact.kind) {
    case 'opened':
      return mark('opened', studies.get(fact.studyUid) ?? '');
    case 'marked':
      return mark('marked', fact.mark.text);
    case 'opinion':
      return mark('opinion', String(fact.versionNumber));
    case 'chat':
      return mark('chat', (fact.text || fact.file?.name || '').slice(0, 80));
    case 'joined':
    case 'left':
    case 'away':
    case 'back':
      return mark(fact.kind);
    // Where nobody leads any more, and at the end, there is nothing to be seen.
    case 'lead':
      return fact.toSeatId === null ? [] : mark('lead');
    case 'recording':
      return fact.isOn ? mark('recording') : [];
    default:
      return [];
  }
}
