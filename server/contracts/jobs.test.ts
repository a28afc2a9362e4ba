import { expect, test } from 'vitest';
import { type JobDefinition, jobs, queueOf } from './jobs.ts';

const all: readonly JobDefinition[] = jobs;
const id = '01900000-0000-7000-8000-000000000001';
const payload = {
  studyInstanceUid: '1.2.3',
  studyId: id,
  deviceId: id,
  versionId: id,
  deliveryId: id,
  patientId: id,
  consultationId: id,
  recordingId: id,
  traceId: id,
  alarmId: id,
};

test('a job is an order of one word, under a name and a key of its own', () => {
  for (const { name } of all) expect(name).toMatch(/^[a-z]+\.[a-z][A-Za-z]+$/);
  expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
  const keys = all.map((job) => job.key(job.payload.parse(payload)));
  expect(new Set(keys).size).toBe(all.length);
  expect(queueOf('imaging.settleStudy')).toBe('imaging');
});

test('a key tells apart what the payloads tell apart', () => {
  const other = { ...payload, studyInstanceUid: '1.2.3.4' };
  for (const field of Object.keys(payload))
    if (field !== 'studyInstanceUid') Object.assign(other, { [field]: id.replace(/1$/, '2') });
  for (const job of all) expect(job.key(job.payload.parse(other))).not.toBe(job.key(job.payload.parse(payload)));
});

test('a payload is ids: whatever else comes with it stays out', () => {
  for (const job of all) {
    const parsed = job.payload.parse({ ...payload, patientName: '张桂芳' });
    expect(Object.keys(parsed as object)).toHaveLength(1);
    expect(job.payload.safeParse({}).success).toBe(false);
    expect([job.attempts > 0, job.timeoutMs > 0]).toEqual([true, true]);
  }
});
