import { beforeAll, expect, test } from 'vitest';
import { listManagedExperts, saveExpert } from '../../server/api/consultation/manage-experts.ts';
import { deskDeps } from '../factories/asking.ts';
import { ctxFor, machineOf, movableClock, nobody } from '../factories/callers.ts';
import { type ConsultingRegion, consultingRegion, givenExpert } from '../factories/consulting.ts';
import { withDatabase } from '../factories/database.ts';
import { codeOf } from '../factories/refusals.ts';
import { givenIn } from '../factories/region.ts';

const database = withDatabase();
const given = givenIn(database);
const clock = movableClock();
const deps = deskDeps(database, clock);
let region: ConsultingRegion;
beforeAll(async () => {
  region = await consultingRegion(database, given);
});

test('an admin sees who of his experts cannot be invited any more', async () => {
  const admin = await given.account({ facility: region.paired, roles: ['facility-admin'] });
  const expertAt = () => givenExpert(database, { facility: region.paired });
  const [left, closed, staying] = [await expertAt(), await expertAt(), await expertAt()];
  await database.db.accountRole.updateMany({ where: { accountId: left.accountId }, data: { role: 'reader' } });
  await database.db.account.update({ where: { id: closed.accountId }, data: { disabledAt: clock.now() } });
  const seen = await listManagedExperts(deps, ctxFor(admin));
  const lacksOf = ({ accountId }: { accountId: string }) => seen.find((one) => one.accountId === accountId)?.lacks;
  expect([left, closed, staying].map(lacksOf)).toEqual([['not-registered'], ['not-registered'], []]);
});

test('a stranger with every office at home sees none, and writes none of theirs, nor one of his house with their people', async () => {
  expect(await listManagedExperts(deps, ctxFor(region.outsider))).toEqual([]);
  for (const actor of [nobody, machineOf(region.paired, ['orders:send'])])
    expect(await codeOf(listManagedExperts(deps, ctxFor(actor)))).toMatch(/^(unauthenticated|forbidden)$/);
  const wish = {
    ...{ accountId: region.first.accountId, introduction: '', independentSince: null },
    ...{ hours: [], override: null, isListed: false, revision: 1 },
  };
  const write = (by: Parameters<typeof ctxFor>[0], facilityId: string) =>
    codeOf(saveExpert(deps, ctxFor(by), { ...wish, specialty: 'radiology', facilityId }));
  expect(await write(region.outsider, region.paired.id)).toBe('forbidden');
  expect(await write(region.outsider, region.stranger.id)).toBe('not-found');
  for (const actor of [nobody, machineOf(region.paired, ['orders:send'])])
    expect(await write(actor, region.paired.id)).toMatch(/^(unauthenticated|forbidden)$/);
  const kept = await database.db.expertProfile.findMany({ where: { accountId: region.first.accountId } });
  expect(kept).toMatchObject([{ facilityId: region.paired.id, isListed: true, revision: 1 }]);
});
