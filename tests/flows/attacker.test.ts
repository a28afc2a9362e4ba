import { hubContract } from '@lianzhen/contracts/hub-contract.ts';
import { beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { auditUseCases } from '../../server/api/audit/routes.ts';
import type { Ctx } from '../../server/api/context.ts';
import { deliveryUseCases } from '../../server/api/delivery/routes.ts';
import { facilitiesUseCases } from '../../server/api/facilities/routes.ts';
import { asHubError } from '../../server/api/http/problem.ts';
import { identityUseCases } from '../../server/api/identity/routes.ts';
import { imagingUseCases } from '../../server/api/imaging/routes.ts';
import { ordersUseCases } from '../../server/api/orders/routes.ts';
import { patientsUseCases } from '../../server/api/patients/routes.ts';
import { reportingUseCases } from '../../server/api/reporting/routes.ts';
import { claimCase } from '../../server/api/worklist/claim-case.ts';
import { worklistUseCases } from '../../server/api/worklist/routes.ts';
import { deskDeps, orderBody, readyCase } from '../factories/asking.ts';
import { ctxFor, machineOf, movableClock, nobody } from '../factories/callers.ts';
import { withDatabase } from '../factories/database.ts';
import { markAttacks } from '../factories/mark-attacks.ts';
import { givenIn, type Region } from '../factories/region.ts';
import { setupAttacks } from '../factories/setup-attacks.ts';
import { givenDestination, givenReport, signVersion } from '../factories/signed-version.ts';

/** Every use case that a JSON route calls, under the names of the contract. */
const useCases = {
  ...{ identity: identityUseCases, facilities: facilitiesUseCases, patients: patientsUseCases, orders: ordersUseCases },
  ...{ imaging: imagingUseCases, worklist: worklistUseCases, reporting: reportingUseCases },
  ...{ delivery: deliveryUseCases, audit: auditUseCases },
};
const names = Object.entries(useCases).flatMap(([word, cases]) => Object.keys(cases).map((name) => `${word}.${name}`));

const database = withDatabase();
const given = givenIn(database);
const deps = deskDeps(database, movableClock());
let region: Region;
let inputs: Record<string, object>;
/** What must not come out, by whatever route: ids and words of the region. */
let secrets: string[];

async function call(name: string, ctx: Ctx, input: object): Promise<unknown> {
  const [word = '', verb = ''] = name.split('.');
  const contract = (hubContract as Record<string, Record<string, { '~orpc': { inputSchema?: unknown } }>>)[word]?.[
    verb
  ];
  const schema = (contract?.['~orpc'].inputSchema ?? z.object({})) as z.ZodType;
  const useCase = (useCases as unknown as Record<string, Record<string, (...all: unknown[]) => Promise<unknown>>>)[
    word
  ]?.[verb];
  if (!useCase) throw new Error(`no use case ${name}`);
  return useCase(deps, ctx, schema.parse(input));
}
const outcomeOf = async (name: string, ctx: Ctx, input: object): Promise<{ code: string; answer?: unknown }> =>
  call(name, ctx, input).then(
    (answer) => ({ code: 'answered', answer }),
    (cause: unknown) => {
      const { code } = asHubError(cause);
      if (code === 'internal') throw cause;
      return { code };
    },
  );

beforeAll(async () => {
  region = await given.region();
  const { db } = database;
  const { township, county, patient, doctor, resident } = region;
  await db.patient.update({ where: { id: patient.id }, data: { name: '张三' } });
  const caseId = await readyCase(deps, region);
  const { leaseToken } = await claimCase(deps, ctxFor(resident), { id: caseId });
  const { orderId } = await db.case.findUniqueOrThrow({ where: { id: caseId } });
  const exam = await db.orderExam.findFirstOrThrow({ where: { orderId } });
  const study = await db.study.findFirstOrThrow({ where: { orderExamId: exam.id } });
  const { id: reportId } =
    (await db.report.findUnique({ where: { caseId } })) ?? (await db.report.create({ data: { caseId } }));
  const destination = await givenDestination(db, county, 'hl7-mllp', { host: 'his', port: 2575 });
  const version = await signVersion(db, await givenReport(db, region), [destination, await given.inbox(township)]);
  const [rejected] = version.deliveries;
  await db.delivery.update({ where: { id: rejected?.id ?? '' }, data: { state: 'rejected', answer: '张三' } });
  const other = await given.patient({ facility: township, name: '章三' });
  const [firstId = '', secondId = ''] = [patient.id, other.id].sort();
  const proposal = await db.duplicateProposal.create({ data: { firstId, secondId, score: 80, evidence: [] } });
  const moved = { identifiers: [], orders: [], studies: [], facilities: [] };
  const merge = await db.patientMerge.create({
    data: { survivorId: patient.id, mergedId: other.id, moved, reason: '同一人', mergedBy: doctor.accountId },
  });
  const device = await db.device.create({ data: { facilityId: township.id, aeTitle: 'VICTIM_DR', name: '胸片机' } });
  const token = await db.machineToken.create({
    data: { tokenHash: 'x', name: '院内系统', facilityId: township.id, scopes: [] },
  });
  const names = { application: 'HIS-of-T', sendingFacility: 'T', addresses: ['192.0.2.1'] };
  const sender = await db.hl7Sender.create({ data: { ...names, facilityId: township.id } });
  const draft = await db.orderDraft.create({
    data: { accountId: doctor.accountId, facilityId: township.id, content: {} },
  });
  const filter = await db.savedFilter.create({ data: { accountId: resident.accountId, name: '我的', query: {} } });
  const agreement = await db.agreement.findFirstOrThrow({ where: { fromId: township.id } });
  const template = await db.reportTemplate.create({
    data: { centreId: region.centre.id, line: 'imaging', name: '县医院胸片', findings: '…', impression: '…' },
  });
  const quarantined = await db.quarantineItem.create({
    data: {
      kind: 'identity',
      facilityId: township.id,
      studyInstanceUid: study.studyInstanceUid,
      studyId: study.id,
      orderExamId: exam.id,
    },
  });
  const reason = '好奇';
  const signing = { id: reportId, revision: 1, leaseToken };
  const reportBody = { findings: 'x', impression: 'x', advice: '', positive: false, critical: false };
  const patientBody = {
    name: '张三',
    sex: 'male',
    birthDate: null,
    identifiers: [{ type: 'other', issuer: 'x', value: 'y1' }],
  };
  inputs = {
    'identity.createAccount': {
      username: 'spy',
      displayName: '间谍',
      password: 'Sonnenblume-am-Weg-7',
      facilityId: county.id,
      roles: ['reader'],
    },
    'identity.resetPassword': { id: doctor.accountId, facilityId: township.id },
    'identity.setAccount': { id: resident.accountId, facilityId: county.id, title: 'chief' },
    'identity.createMachineToken': { facilityId: township.id, name: 'x', scopes: ['results:read'] },
    'identity.revokeMachineToken': { id: token.id },
    'facilities.centres': { facilityId: township.id },
    'facilities.createAgreement': {
      number: 'S-1',
      fromId: township.id,
      toId: county.id,
      kind: 'alliance',
      lines: ['imaging'],
      validFrom: '2026-01-01',
      validTo: '2027-01-01',
    },
    'facilities.signAgreement': { id: agreement.id, revision: 1 },
    'facilities.endAgreement': { id: agreement.id, revision: 1, reason },
    'facilities.previewCharset': { id: device.id, charset: 'GBK' },
    'facilities.setCharset': { id: device.id, revision: 1, charset: 'GBK' },
    ...setupAttacks(region, device.id),
    'patients.read': { id: patient.id, reveal: 'true' },
    'patients.create': { ...patientBody, facilityId: township.id },
    'patients.update': { ...patientBody, id: patient.id, revision: 1 },
    'patients.dismissDuplicate': { id: proposal.id, reason },
    'patients.merge': { id: proposal.id, survivorId: patient.id, reason },
    'patients.split': { id: merge.id, reason },
    'orders.createDraft': { facilityId: township.id, content: {} },
    'orders.saveDraft': { id: draft.id, revision: 1, content: {} },
    'orders.discardDraft': { id: draft.id },
    'orders.send': orderBody(region),
    'orders.read': { id: orderId },
    'orders.withdraw': { id: orderId, revision: 1, reason },
    'orders.supplement': { id: orderId, text: 'x' },
    'orders.senders': {},
    'orders.registerSender': { ...names, application: 'X', facilityId: township.id },
    'orders.removeSender': { id: sender.id },
    'imaging.decideQuarantine': { id: quarantined.id, decision: 'accept', reason },
    'imaging.attachable': { id: study.id, q: '' },
    'imaging.attachStudy': { id: study.id, orderExamId: exam.id, reason },
    'imaging.detachStudy': { id: study.id, reason },
    'worklist.read': { id: caseId },
    'worklist.claim': { id: caseId },
    'worklist.heartbeat': { id: caseId, leaseToken },
    'worklist.release': { id: caseId, leaseToken },
    'worklist.takeOver': { id: caseId, reason },
    'worklist.returnCase': { id: caseId, leaseToken, kind: 'other', reason },
    ...markAttacks(caseId, leaseToken, study.studyInstanceUid),
    'worklist.removeFilter': { id: filter.id },
    'reporting.ofCase': { caseId },
    'reporting.saveDraft': { ...reportBody, ...signing },
    'reporting.submit': signing,
    'reporting.issuePreliminary': signing,
    'reporting.approve': signing,
    'reporting.reject': { ...signing, reason },
    'reporting.amend': { id: reportId, revision: 1, reason },
    'reporting.abandon': signing,
    'reporting.version': { id: version.id },
    'reporting.saveTemplate': { id: template.id, revision: 1, name: 'x', findings: 'x', impression: 'x' },
    'reporting.removeTemplate': { id: template.id },
    'delivery.attempts': { id: rejected?.id },
    'delivery.resend': { id: rejected?.id },
    'delivery.acknowledge': { id: rejected?.id },
    'delivery.createDestination': { facilityId: county.id, kind: 'inbox', name: 'x', config: {} },
    'delivery.setDestination': {
      id: destination.id,
      revision: 1,
      name: 'x',
      config: { host: 'evil', port: 1 },
      enabled: true,
    },
    // Lists answer, but show nothing of others, asked for in whatever way.
    ...{
      'patients.search': { q: '张三' },
      'patients.duplicates': {},
      'orders.list': { patientId: patient.id },
      'orders.drafts': {},
    },
    ...{ 'imaging.studies': { q: '张三' }, 'imaging.quarantine': {}, 'worklist.list': { centreId: region.centre.id } },
    ...{
      'worklist.next': { query: { centreId: region.centre.id } },
      'worklist.filters': {},
      'reporting.templates': {},
    },
    ...{ 'delivery.list': { versionId: version.id }, 'delivery.inbox': {}, 'delivery.destinations': {} },
    ...{ 'identity.accounts': {}, 'identity.machineTokens': {} },
    ...{ 'facilities.list': {}, 'facilities.agreements': {}, 'facilities.devices': {} },
    ...{ 'audit.search': { patientId: patient.id }, 'audit.verify': {} },
  };
  secrets = [
    '张三',
    '章三',
    '县医院胸片',
    '胸片机',
    ...['院内系统', 'HIS-of-T', sender.id],
    leaseToken,
    destination.id,
    agreement.id,
    resident.accountId,
  ];
  secrets.push(
    ...[patient, other, township, county, study, exam, version, draft, filter, quarantined].map(({ id }) => id),
    orderId,
    caseId,
  );
});

/** What anybody may ask who is logged in, about himself or about nothing in particular; entering and leaving. */
const harmless = [
  ...['logIn', 'session', 'logOut', 'setLanguage', 'changePassword', 'startTotp', 'confirmTotp', 'removeTotp'].map(
    (verb) => `identity.${verb}`,
  ),
  ...['orders.catalogue', 'orders.diagnoses', 'worklist.saveFilter'],
];
const ofOneself: Record<string, object> = {
  'identity.setLanguage': { language: 'zh' },
  'identity.changePassword': { current: 'x', next: 'Ein-neues-Kennwort-9' },
  'identity.confirmTotp': { code: '123456' },
  'identity.removeTotp': { password: 'x' },
  'orders.catalogue': {},
  'orders.diagnoses': { q: 'R05' },
  'worklist.saveFilter': { name: 'x', query: {} },
};

test('the list of attacks is whole', () => {
  expect([...Object.keys(inputs), ...harmless].sort()).toEqual([...names].sort());
});

describe.each(names.filter((name) => !['identity.logIn', 'identity.logOut'].includes(name)))('%s', (name) => {
  const input = () => inputs[name] ?? ofOneself[name] ?? {};

  test('does nothing for nobody, nor for a machine', async () => {
    expect((await outcomeOf(name, ctxFor(nobody), input())).code).toBe('unauthenticated');
    const machine = machineOf(region.township, ['studies:send', 'orders:send', 'results:read']);
    expect((await outcomeOf(name, ctxFor(machine), input())).code).toMatch(/unauthenticated|forbidden/);
  });

  test('gives and changes nothing for somebody with every office in another house', async () => {
    if (harmless.includes(name)) return;
    const before = await database.db.case.findMany();
    const { code, answer } = await outcomeOf(name, ctxFor(region.outsider), input());
    expect(code).toMatch(/^(not-found|forbidden|bad-input|no-agreement|answered)$/);
    const told = JSON.stringify(answer ?? null);
    for (const secret of secrets) expect(told).not.toContain(secret);
    if (code === 'answered') expect(JSON.stringify(answer)).toMatch(/^(\[.*\]|\{"(rows|total|case|counts).*)$/);
    expect(await database.db.case.findMany()).toEqual(before);
  });
});

test('what is one’s own opens nothing of others beside it', async () => {
  const { stranger, outsider, patient, township } = region;
  const own = await database.db.study.create({
    data: { studyInstanceUid: '1.2.3.999', facilityId: stranger.id, state: 'unmatched', studyDate: '20261122' },
  });
  const { orderExamId } = inputs['imaging.attachStudy'] as { orderExamId: string };
  const nameless = { name: '张三', sex: 'unknown', birthDate: null, facilityId: stranger.id };
  const attacks: Array<[string, object]> = [
    ['orders.send', { ...orderBody(region), facilityId: stranger.id }],
    ['imaging.attachStudy', { id: own.id, orderExamId, reason: '好奇' }],
    ['facilities.createAgreement', { ...inputs['facilities.createAgreement'], fromId: stranger.id, toId: stranger.id }],
    ['facilities.changeCentre', { ...inputs['facilities.changeCentre'], facilityId: stranger.id }],
    [
      'facilities.createDevice',
      { ...inputs['facilities.createDevice'], facilityId: stranger.id, aeTitle: 'VICTIM_DR' },
    ],
    ['identity.setAccount', { id: region.resident.accountId, facilityId: stranger.id, title: 'chief' }],
    ['identity.createAccount', { ...inputs['identity.createAccount'], facilityId: stranger.id, roles: ['auditor'] }],
    ['patients.create', { ...nameless, identifiers: [{ type: 'mrn', issuer: township.code, value: 'M001' }] }],
  ];
  for (const [name, input] of attacks)
    expect([name, (await outcomeOf(name, ctxFor(outsider), input)).code]).not.toEqual([name, 'answered']);
  const relation = { patientId: patient.id, facilityId: stranger.id };
  expect(await database.db.patientFacility.count({ where: relation })).toBe(0);
});
