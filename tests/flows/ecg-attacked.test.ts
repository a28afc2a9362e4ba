import { ecgContract } from '@lianzhen/contracts/ecg.ts';
import { beforeAll, expect, test } from 'vitest';
import type { z } from 'zod';
import type { Actor } from '../../server/api/context.ts';
import { ecgUseCases } from '../../server/api/ecg/routes.ts';
import { asHubError } from '../../server/api/http/problem.ts';
import { ctxFor, machineOf, nobody } from '../factories/callers.ts';
import { withDatabase } from '../factories/database.ts';
import { withEcgEdge } from '../factories/ecg-edge.ts';
import { aecgOf, type EcgRegion, ecgRegion, orderedEcg, recordedNow } from '../factories/ecg-region.ts';

const database = withDatabase();
const edge = withEcgEdge(database);
type Name = keyof typeof ecgUseCases;
const names = Object.keys(ecgUseCases) as Name[];
let region: EcgRegion;
let inputs: Record<Name, object>;
/** What must not come out, by whatever route. */
let secrets: string[];
/** The alarm as it was before; it may have got its case at once or a moment later. */
let before: { state: string; revision: number };
beforeAll(async () => {
  region = await ecgRegion(database);
  const { order } = await orderedEcg(database, edge, region);
  const device = machineOf(region.township, ['studies:send']);
  const critical = aecgOf(recordedNow({ st: { II: 350, I: 20 } }));
  const { body } = await edge.upload(device, critical, `?orderId=${order.id}`);
  await edge.settle();
  const alarm = await database.db.ecgAlarm.findFirstOrThrow();
  before = { state: 'raised', revision: alarm.revision };
  const trace = await database.db.ecgTrace.findFirstOrThrow();
  const statement = await database.db.ecgStatement.create({
    data: {
      ...{
        centreId: region.ecgCentre.id,
        code: 'OWN',
        zh: '本中心语句',
        en: 'Ours',
        group: 'summary',
        positive: false,
      },
    },
  });
  const { id: traceId } = body;
  const act = { id: alarm.id, revision: alarm.revision };
  inputs = {
    list: { orderId: order.id },
    read: { id: traceId },
    samples: { id: traceId },
    saveMeasurements: { id: traceId, revision: 0, measurements: null, fiducials: null, calipers: [] },
    linkRepeat: { id: traceId, traceId },
    statements: {},
    saveStatement: { id: statement.id, code: 'OWN', zh: 'x', en: 'x', group: 'summary', positive: false, revision: 1 },
    removeStatement: { id: statement.id },
    alarms: { state: 'all' },
    acknowledgeAlarm: act,
    callBack: { ...act, text: 'x' },
    readBack: { ...act, text: 'x', doctor: 'x' },
    closeAlarm: { ...act, isFalse: true, note: 'x' },
    noteRead: { id: alarm.id },
    askRoom: { id: alarm.id },
    times: { orderId: order.id },
    setFirstContact: { orderId: order.id, firstContactAt: new Date(0).toISOString() },
  };
  secrets = [
    traceId,
    alarm.id,
    order.id,
    trace.sopInstanceUid,
    trace.studyInstanceUid,
    region.patient.id,
    '本中心语句',
  ];
});

async function outcomeOf(name: Name, actor: Actor): Promise<string> {
  const { inputSchema } = ecgContract[name]['~orpc'] as { inputSchema?: z.ZodType };
  const useCase = ecgUseCases[name] as (...all: unknown[]) => Promise<unknown>;
  const input = inputSchema?.parse(inputs[name]) ?? {};
  return useCase(edge.apiDeps(), ctxFor(actor), input).then(
    (answer) => {
      const text = JSON.stringify(answer);
      return secrets.some((secret) => text.includes(secret)) ? 'told' : 'nothing';
    },
    (cause: unknown) => asHubError(cause).code,
  );
}

test.each(names)('%s is refused to nobody, and tells nothing to a stranger of whatever role', async (name) => {
  expect(await outcomeOf(name, nobody)).toBe('unauthenticated');
  const strangers: Actor[] = [
    region.outsider,
    region.strangerReader,
    machineOf(region.stranger, ['results:read', 'studies:send', 'orders:send']),
  ];
  for (const actor of strangers) {
    const outcome = await outcomeOf(name, actor);
    expect(['nothing', 'not-found', 'forbidden', 'unauthenticated', 'not-senior']).toContain(outcome);
  }
});

test('after all that, everything is as it was', async () => {
  expect(await database.db.ecgAlarm.findFirstOrThrow()).toMatchObject(before);
  expect(await database.db.ecgStatement.findMany({ where: { code: 'OWN' } })).toMatchObject([{ zh: '本中心语句' }]);
  expect(await database.db.ecgMeasurement.count({ where: { authorId: { not: null } } })).toBe(0);
  expect(await database.db.ecgFirstContact.count()).toBe(0);
});
