import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sendDocument } from '@lianzhen/contracts/jobs.ts';
import { encodeText } from '@lianzhen/dicom/encode-text.ts';
import { Lifecycle } from '@lianzhen/platform/lifecycle.ts';
import { createLog } from '@lianzhen/platform/log.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freePort } from '../../docker/local/ports.mjs';
import { createMachineToken } from '../../server/api/identity/manage-tokens.ts';
import { startDimse } from '../../server/api/imaging/start-dimse.ts';
import { registerSender } from '../../server/api/orders/hl7-senders.ts';
import { startMllp } from '../../server/api/orders/start-mllp.ts';
import { patientsHandlers } from '../../workers/patients/handlers.ts';
import { reportingHandlers } from '../../workers/reporting/handlers.ts';
import { deskDeps, imagesArrive } from '../factories/asking.ts';
import { ctxFor } from '../factories/callers.ts';
import { withDatabase } from '../factories/database.ts';
import { withEdge } from '../factories/edge.ts';
import { type Hl7Changes, hl7Cancel, hl7Order } from '../factories/hl7-orders.ts';
import { approved, submitted } from '../factories/reading.ts';
import { withRedis } from '../factories/redis.ts';
import { givenIn, type Region } from '../factories/region.ts';
import { runDueJobs } from '../factories/worker.ts';
import { missingTools, run, temporaryFolder } from './dimse-tools.ts';

const database = withDatabase();
const given = givenIn(database);
const redis = withRedis();
const edge = withEdge(database, redis);
const life = new Lifecycle(createLog('test', 'silent'));
let region: Region;
let mrn: string;
let token: string;
let ports: { mllp: number; dimse: number };
beforeAll(async () => {
  region = await given.region();
  const { township } = region;
  mrn = (await database.db.patientIdentifier.findFirstOrThrow({ where: { patientId: region.patient.id } })).value;
  await given.inbox(township);
  await database.db.device.create({ data: { facilityId: township.id, aeTitle: 'TOWN_DR', name: 'DR' } });
  const admin = ctxFor(await given.account({ facility: township, roles: ['facility-admin'] }));
  const scopes: ('orders:send' | 'results:read')[] = ['orders:send', 'results:read'];
  token = (await createMachineToken(edge.deps, admin, { facilityId: township.id, name: 'HIS', scopes })).token;
  const sender = { application: 'HIS', sendingFacility: township.code, addresses: ['127.0.0.1', '::1'] };
  await registerSender(edge.deps, admin, { ...sender, facilityId: township.id });
  ports = { mllp: await freePort(), dimse: await freePort() };
  const config = { ...edge.deps.config, HUB_MLLP_PORT: ports.mllp, HUB_DIMSE_PORT: ports.dimse };
  await startMllp({ ...edge.deps, config }, life);
  await startDimse({ ...edge.deps, config }, life);
});
afterAll(() => life.close());

/** What `mllp_send` prints of the answers. */
async function sent(bytes: Buffer): Promise<string> {
  const file = join(await temporaryFolder(), 'order.hl7');
  writeFileSync(file, Buffer.concat([Buffer.of(0x0b), bytes, Buffer.of(0x1c, 0x0d)]));
  const { code, output } = await run('mllp_send', ['-p', String(ports.mllp), '-f', file, '127.0.0.1']);
  expect(code, output).toBe(0);
  return output.replaceAll('\r', '\n');
}
const order = (changes: Hl7Changes) => hl7Order(region, mrn, changes);
const examOf = (placerNumber: string) =>
  database.db.orderExam.findFirstOrThrow({ where: { order: { placerNumber } }, include: { order: true } });
async function offered(accessionNumber: string): Promise<string> {
  const keys = ['PatientName', 'PatientID', `AccessionNumber=${accessionNumber}`, '(0040,0100)[0].Modality'];
  const asked = keys.flatMap((key) => ['-k', key]);
  const to = ['-aet', 'TOWN_DR', '-aec', 'LIANZHEN', '127.0.0.1', String(ports.dimse)];
  return (await run('findscu', ['-W', ...asked, ...to])).output;
}
const ask = async (path: string) => {
  const response = await edge.ask(`/fhir/R4${path}`, { headers: { authorization: `Bearer ${token}` } });
  return (await response.json()) as { total: number; entry: Array<{ resource: Record<string, unknown> }> };
};

describe.skipIf(missingTools('mllp_send', 'findscu').length > 0)('python3-hl7 and dcmtk', () => {
  test('an order over MLLP is offered to the machine, read, and its result fetched with the same system’s token', async () => {
    const output = await sent(Buffer.from(order({ placer: 'PEER-1', type: 'ORM^O01' })));
    const exam = await examOf('PEER-1');
    expect(output).toContain('MSA|AA|');
    expect(output).toContain(`ORC|OK|PEER-1|${exam.accessionNumber}^LIANZHEN|${exam.order.number}^LIANZHEN`);
    const item = await offered(exam.accessionNumber);
    expect(item).toContain(exam.accessionNumber);
    expect(item).toMatch(/PatientName/);
    const desk = deskDeps(database);
    const caseId = await imagesArrive(desk, region, exam.orderId);
    await submitted(desk, region.resident, caseId);
    await approved(desk, region.attending, caseId);
    const idle = { job: sendDocument, handle: async () => undefined };
    await runDueJobs(edge.deps, [...reportingHandlers, ...patientsHandlers, idle]);
    const requests = await ask('/ServiceRequest?identifier=PEER-1');
    expect(requests.entry.map(({ resource }) => [resource.id, resource.status])).toEqual([[exam.id, 'completed']]);
    const reports = await ask(`/DiagnosticReport?based-on=ServiceRequest/${exam.id}`);
    expect(reports.entry[0]?.resource).toMatchObject({
      status: 'final',
      basedOn: [{ reference: `ServiceRequest/${exam.id}` }],
    });
  });

  test('in GB 18030 as well; once cancelled it is offered no more', async () => {
    const message = order({ placer: 'PEER-2', charset: 'GB 18030-2000' });
    expect(await sent(encodeText(message, 'GB18030'))).toContain('MSA|AA|');
    const exam = await examOf('PEER-2');
    expect(exam.order.purpose).toBe('排除肺炎');
    expect(await offered(exam.accessionNumber)).toContain(exam.accessionNumber);
    expect(await sent(Buffer.from(hl7Cancel(region, 'PEER-2', '患者转院')))).toContain('ORC|CR|PEER-2|');
    expect(await offered(exam.accessionNumber)).not.toContain(exam.accessionNumber);
  });
});

const python = '/usr/bin/python3';
const canParse = missingTools('mllp_send').length === 0 && (await run(python, ['-c', 'import hl7'])).code === 0;
test.skipIf(!canParse)('python3-hl7 reads acknowledgement, order and error as they were written', async () => {
  const file = join(await temporaryFolder(), 'answer.hl7');
  const read = async (answer: string, ...paths: string[]) => {
    writeFileSync(file, answer.slice(answer.indexOf('MSH')).trim().replaceAll('\n', '\r'));
    const show = paths.map((path) => `m["${path}"]`).join(', ');
    const script = `import hl7; m = hl7.parse(open(${JSON.stringify(file)}, encoding="utf-8", newline="").read()); print("|".join([${show}]))`;
    return (await run(python, ['-X', 'utf8', '-c', script])).output.trim();
  };
  const taken = await sent(Buffer.from(order({ placer: 'PEER-3', controlId: 'PEER-C3' })));
  const { accessionNumber } = await examOf('PEER-3');
  expect(await read(taken, 'MSH.9.1', 'MSA.1', 'MSA.2', 'ORC.1', 'ORC.F3.R1.C1', 'OBR.18')).toBe(
    `ORG|AA|PEER-C3|OK|${accessionNumber}|${accessionNumber}`,
  );
  const refused = await sent(Buffer.from(order({ placer: 'PEER-4', segments: { CON: null } })));
  expect(await read(refused, 'MSA.1', 'ERR.F2.R1.C1', 'ERR.F3.R1.C1', 'ERR.4')).toBe('AE|CON|101|E');
});
