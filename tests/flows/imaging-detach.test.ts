import { problemOf } from '@lianzhen/contracts/errors.ts';
import { beforeEach, describe, expect, test } from 'vitest';
import { detachStudy } from '../../server/api/imaging/detach-study.ts';
import { listStudies } from '../../server/api/imaging/list-studies.ts';
import { deskDeps, readyCase } from '../factories/asking.ts';
import { ctxFor, type GivenAccount } from '../factories/callers.ts';
import { withDatabase } from '../factories/database.ts';
import { approved, opened, submitted } from '../factories/reading.ts';
import { givenIn, type Region } from '../factories/region.ts';

const database = withDatabase();
const desk = deskDeps(database);
const given = givenIn(database);
let region: Region;
let caseId: string;
let studyId: string;
beforeEach(async () => {
  region = await given.region();
  caseId = await readyCase(desk, region);
  const ofCase = { orderExam: { order: { case: { id: caseId } } } };
  ({ id: studyId } = await database.db.study.findFirstOrThrow({ where: ofCase }));
});
const offered = async (who: GivenAccount) => {
  const { rows } = await listStudies(desk, ctxFor(who), { page: 1, pageSize: 50, q: '' });
  return rows.find(({ id }) => id === studyId)?.canDetach;
};
const detach = (who: GivenAccount) => detachStudy(desk, ctxFor(who), { id: studyId, reason: '拍错人' });

describe('detaching a study', () => {
  test('is offered to who made, asked for, or reads the images, and to them it is given', async () => {
    for (const who of [region.technician, region.doctor, region.resident]) expect(await offered(who)).toBe(true);
    expect(await detach(region.technician)).toMatchObject({ state: 'unmatched' });
    expect(await offered(region.technician)).toBe(false);
  });

  test('is neither offered nor given to a house that only receives the result', async () => {
    const doctor = await given.account({ facility: region.village, roles: ['requesting-doctor'] });
    expect(await offered(doctor)).toBe(false);
    await expect(detach(doctor)).rejects.toMatchObject({ code: 'forbidden', details: { why: 'receives-only' } });
    expect(await database.db.study.findUnique({ where: { id: studyId } })).toMatchObject({ state: 'matched' });
  });

  test('waits while somebody reads', async () => {
    await opened(desk, region.resident, caseId);
    expect(await offered(region.technician)).toBe(false);
    await expect(detach(region.technician)).rejects.toMatchObject({
      code: 'wrong-state',
      details: { why: 'being-read' },
    });
  });

  test('is not offered under a signed report, and the refusal says why', async () => {
    await submitted(desk, region.resident, caseId);
    await approved(desk, region.attending, caseId);
    for (const who of [region.technician, region.doctor, region.resident]) {
      expect(await offered(who)).toBe(false);
      await expect(detach(who)).rejects.toMatchObject({ code: 'report-signed' });
    }
    expect(problemOf('report-signed', {}, '', 'zh').title).toContain('已有签署的报告');
    expect(problemOf('report-signed', {}, '', 'en').title).toContain('signed report');
  });

  test('stays impossible where the signed report’s case went back to its sender', async () => {
    await submitted(desk, region.resident, caseId);
    await approved(desk, region.attending, caseId);
    await database.db.case.update({ where: { id: caseId }, data: { state: 'returned' } });
    expect(await offered(region.technician)).toBe(false);
    await expect(detach(region.technician)).rejects.toMatchObject({ code: 'report-signed' });
  });
});
