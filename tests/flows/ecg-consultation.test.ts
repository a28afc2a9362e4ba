import { randomUUID } from 'node:crypto';
import { saveConsultationMarks } from '@lianzhen/contracts/jobs.ts';
import type { RoomFact } from '@lianzhen/contracts/room-signals.ts';
import { enqueue } from '@lianzhen/db/outbox.ts';
import { type DicomJson, text } from '@lianzhen/dicom/model.ts';
import { tags } from '@lianzhen/dicom/tags.ts';
import { beforeAll, expect, test } from 'vitest';
import { opinionEvidence } from '../../server/api/consultation/opinion-evidence.ts';
import { readPictures } from '../../server/api/consultation/pictures/read-pictures.ts';
import { sendConsultation } from '../../server/api/consultation/send-consultation.ts';
import type { Actor } from '../../server/api/context.ts';
import { listTraces } from '../../server/api/ecg/list-traces.ts';
import { readSamples } from '../../server/api/ecg/read-samples.ts';
import { readTrace } from '../../server/api/ecg/read-trace.ts';
import { saveMeasurements } from '../../server/api/ecg/save-measurements.ts';
import { evidenceHandlers } from '../../workers/consultation/evidence/handlers.ts';
import { ecgHandlers } from '../../workers/ecg/handlers.ts';
import { imagingHandlers } from '../../workers/imaging/handlers.ts';
import { ctxFor, type GivenAccount, machineOf, nobody } from '../factories/callers.ts';
import { consultationBody, givenExpert } from '../factories/consulting.ts';
import { withDatabase } from '../factories/database.ts';
import { withEcgEdge } from '../factories/ecg-edge.ts';
import { aecgOf, type EcgRegion, ecgRegion, orderedEcg, recordedNow } from '../factories/ecg-region.ts';
import { codeOf } from '../factories/refusals.ts';
import { givenIn } from '../factories/region.ts';
import { runDueJobs } from '../factories/worker.ts';

const database = withDatabase();
const edge = withEcgEdge(database);
let region: EcgRegion;
let expert: GivenAccount;
/** Of another hospital, with the same specialty. */
let stranger: GivenAccount;
beforeAll(async () => {
  region = await ecgRegion(database);
  await givenIn(database).agreement({
    ...{ from: region.township, to: region.paired, kind: 'pairing', lines: ['consultation'] },
  });
  expert = await givenExpert(database, { facility: region.paired, specialty: 'cardiology' });
  stranger = await givenExpert(database, { facility: region.stranger, specialty: 'cardiology' });
});
const deps = () => edge.apiDeps();

/** A matched recording, and a consultation of the paired hospital's cardiologist over it. */
async function consulted() {
  const { order } = await orderedEcg(database, edge, region);
  const device = machineOf(region.township, ['studies:send']);
  const { body } = await edge.upload(device, aecgOf(recordedNow()), `?orderId=${order.id}`);
  await edge.settle(2);
  const trace = await database.db.ecgTrace.findUniqueOrThrow({ where: { id: body.id } });
  const { studyInstanceUid, sopInstanceUid } = trace;
  const study = await database.db.study.findUniqueOrThrow({ where: { studyInstanceUid } });
  const ask = () =>
    sendConsultation(
      deps(),
      ctxFor(region.doctor),
      consultationBody(
        { ...region, first: expert, second: expert },
        {
          ...{ specialty: 'cardiology', title: 'associate-chief', reason: '胸痛待查' },
          attachments: { studyIds: [study.id], orderIds: [], versionIds: [] },
        },
      ),
    );
  return { id: body.id, study, studyInstanceUid, sopInstanceUid, ask };
}

const canRead = async (actor: Actor, id: string, studyInstanceUid: string): Promise<string[]> => {
  const ctx = ctxFor(actor);
  const tried = [
    readTrace(deps(), ctx, { id }),
    readSamples(deps(), ctx, { id, recording: 0 }),
    listTraces(deps(), ctx, { page: 1, pageSize: 50, studyInstanceUid }).then(({ rows }) => {
      if (rows.length !== 1) throw new Error(`${rows.length} traces`);
    }),
    edge.fetchAs(actor, `/api/ecg/traces/${id}/window?fromMs=0&toMs=100`).then(async ({ status, body }) => {
      await body?.cancel();
      if (status !== 200) throw new Error(String(status));
    }),
  ];
  return (await Promise.allSettled(tried)).map(({ status }) => (status === 'fulfilled' ? 'read' : 'refused'));
};
const all = (what: string) => Array(4).fill(what);

test('the invited expert reads the trace from the invitation until a week after the end, and nobody else', async () => {
  const { id, studyInstanceUid, ask } = await consulted();
  const mayRead = (actor: Actor) => canRead(actor, id, studyInstanceUid);
  expect(await mayRead(expert)).toEqual(all('refused'));
  const { id: consultationId } = await ask();
  expect(await mayRead(expert)).toEqual(all('read'));
  expect(await mayRead(stranger)).toEqual(all('refused'));
  expect(await codeOf(readTrace(deps(), ctxFor(stranger), { id }))).toBe('not-found');
  // A guest has a seat in the room and no session at the hub: as with images he loads nothing.
  expect(await mayRead(nobody)).toEqual(all('refused'));
  // What is shown is not handed over: a machine of the invited hospital fetches nothing.
  expect(await mayRead(machineOf(region.paired, ['results:read', 'studies:send']))).toEqual(all('refused'));
  const ended = { until: new Date(Date.now() - 1000) };
  await database.db.studyGrant.updateMany({ where: { consultationId }, data: ended });
  await database.db.patientFacility.updateMany({ where: { facilityId: region.paired.id }, data: ended });
  expect(await mayRead(expert)).toEqual(all('refused'));
  expect(await mayRead(region.doctor)).toEqual(all('read'));
});

test('calipers of the room become objects of the study and lines of the case and of the opinion', async () => {
  const { id, studyInstanceUid: studyUid, sopInstanceUid, ask } = await consulted();
  const { id: consultationId } = await ask();
  const { seriesInstanceUid: seriesUid } = await readTrace(deps(), ctxFor(expert), { id });
  const place = { studyUid, seriesUid, sopInstanceUid, frame: 1 };
  const caliper: RoomFact = {
    kind: 'marked',
    mark: {
      ...{ ...place, id: randomUUID(), kind: 'time', lead: 'V3', text: '', calibration: '' },
      points: [
        { x: 1000, y: 0 },
        { x: 1412.5, y: 0 },
      ],
      values: [{ name: 'interval', value: 412.5, unit: 'ms' }],
    },
  };
  const foreign: RoomFact = { kind: 'marked', mark: { ...caliper.mark, id: randomUUID(), seriesUid: '1.2.3' } };
  const said: RoomFact[] = [{ kind: 'opened', studyUid }, { kind: 'looked', ...place }, caliper, foreign];
  for (const [at, what] of said.entries()) {
    const row = { consultationId, seq: at + 1, at: new Date(), kind: what.kind, peerId: null, seatId: null };
    await database.db.roomEntry.create({ data: { ...row, name: '何心内', what } });
  }
  await database.db.transaction((tx) => enqueue(tx, saveConsultationMarks, { consultationId }));
  const handlers = [...imagingHandlers, ...ecgHandlers, ...evidenceHandlers];
  await runDueJobs(edge.deps(), handlers, 2);
  edge.clock.advance(120_000);
  await runDueJobs(edge.deps(), handlers, 2);

  const made = await database.db.instance.findMany({
    where: { studyInstanceUid: studyUid, door: 'consultation' },
    include: { series: true },
  });
  expect(made.map(({ series }) => series?.modality).sort()).toEqual(['KO', 'SR']);
  const sr = made.find(({ series }) => series?.modality === 'SR');
  const json = JSON.stringify(sr?.attributes as unknown as DicomJson);
  expect(json).toContain('"TCOORD"');
  expect(json).toContain(sopInstanceUid);
  expect(text(sr?.attributes as unknown as DicomJson, tags.Modality)).toBe('SR');
  // What was made beside it is no recording, and does not make the study late.
  expect(await database.db.ecgTrace.count({ where: { studyInstanceUid: studyUid } })).toBe(1);
  expect(await database.db.study.findUniqueOrThrow({ where: { studyInstanceUid: studyUid } })).toMatchObject({
    state: 'matched',
    lateInstances: 0,
  });

  const { events } = await readPictures(deps(), ctxFor(region.doctor), { id: consultationId });
  expect(events.map(({ what }) => what.kind)).toEqual(['opened', 'looked', 'marked', 'marked']);
  expect(events[2]?.what).toMatchObject({ markKind: 'time', lead: 'V3', place: { isTrace: true } });
  const evidence = await database.db.transaction((tx) => opinionEvidence(tx, consultationId));
  expect(evidence).toMatchObject({
    marks: [{ author: '何心内', kind: 'time', lead: 'V3', values: [{ value: 412.5, unit: 'ms' }] }],
  });
  const objects = evidence === 'unsaved' ? [] : evidence?.objects;
  expect(objects?.map(({ modality, count }) => [modality, count]).sort()).toEqual([
    ['KO', 1],
    ['SR', 1],
  ]);
});

test('who was invited measures under his own name as long as he may look, and a stranger never', async () => {
  const { id, ask } = await consulted();
  const set = (revision: number) => ({ id, revision, measurements: null, fiducials: null, calipers: [] });
  const { id: consultationId } = await ask();
  const saved = await saveMeasurements(deps(), ctxFor(expert), set(0));
  expect(saved).toMatchObject({ authorId: expert.accountId, revision: 1 });
  expect(await codeOf(saveMeasurements(deps(), ctxFor(stranger), set(0)))).toBe('not-found');
  await database.db.studyGrant.updateMany({ where: { consultationId }, data: { until: new Date(Date.now() - 1000) } });
  expect(await codeOf(saveMeasurements(deps(), ctxFor(expert), set(1)))).toBe('not-found');
});
