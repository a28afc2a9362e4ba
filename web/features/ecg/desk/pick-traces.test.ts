import type { TraceRow } from '@lianzhen/contracts/ecg.ts';
import { expect, test } from 'vitest';
import { pickTraces } from './pick-traces.ts';

const row = (id: string, day: number, part: Partial<TraceRow> = {}) =>
  ({
    ...{ id, state: 'read', acquiredAt: `2026-11-${day}T08:00:00+08:00`, receivedAt: '2026-11-22T00:00:00Z' },
    ...{ replacedByTraceId: null, replacesTraceId: null },
    ...part,
  }) as TraceRow;

test('the newest that was not repeated is read and compared with the last before it', () => {
  const bad = row('bad', 22, { replacedByTraceId: 'good' });
  const good = row('good', 22, { acquiredAt: '2026-11-22T08:05:00+08:00', replacesTraceId: 'bad' });
  const old = row('old', 20);
  const older = row('older', 10);
  const picked = pickTraces([bad, good], [older, good, bad, old], {});
  expect(picked.shown?.id).toBe('good');
  expect(picked.earlier?.id).toBe('old');
  expect(picked.others.map(({ id }) => id)).toEqual(['bad', 'old', 'older']);
});

test('a person’s choice counts, and none is a choice too', () => {
  const [now, old, older] = [row('now', 22), row('old', 20), row('older', 10)];
  const all = [now, old, older];
  expect(pickTraces([now], all, { earlierId: 'older' }).earlier?.id).toBe('older');
  expect(pickTraces([now], all, { earlierId: null }).earlier).toBeUndefined();
  expect(pickTraces([now, old], all, { traceId: 'old' }).shown?.id).toBe('old');
});

test('a picture is no trace to compare with, and what has no time is placed by its arrival', () => {
  const now = row('now', 22);
  const picture = row('picture', 20, { state: 'picture' });
  const timeless = row('timeless', 1, { acquiredAt: null, receivedAt: '2026-11-01T00:00:00Z' });
  const picked = pickTraces([now], [picture, timeless], {});
  expect(picked.others.map(({ id }) => id)).toEqual(['timeless']);
  expect(pickTraces([], [], {})).toEqual({ shown: undefined, others: [], earlier: undefined });
});
