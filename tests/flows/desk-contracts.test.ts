import { DraftView, OrderRow, OrderView } from '@lianzhen/contracts/orders.ts';
import { ReportView, TemplateView, VersionView } from '@lianzhen/contracts/reporting.ts';
import { CaseRow, CaseView } from '@lianzhen/contracts/worklist.ts';
import { beforeAll, expect, test } from 'vitest';
import type { z } from 'zod';
import { listOrders } from '../../server/api/orders/list-orders.ts';
import { createDraft } from '../../server/api/orders/order-drafts.ts';
import { readOrder } from '../../server/api/orders/read-order.ts';
import { supplementOrder } from '../../server/api/orders/supplement-order.ts';
import { readReport } from '../../server/api/reporting/read-report.ts';
import { readVersion } from '../../server/api/reporting/read-version.ts';
import { saveTemplate } from '../../server/api/reporting/report-templates.ts';
import { listCases } from '../../server/api/worklist/list-cases.ts';
import { readCase } from '../../server/api/worklist/read-case.ts';
import { deskDeps, readyCase } from '../factories/asking.ts';
import { ctxFor } from '../factories/callers.ts';
import { withDatabase } from '../factories/database.ts';
import { approved, reportText, submitted, written } from '../factories/reading.ts';
import { givenIn, type Region } from '../factories/region.ts';

const database = withDatabase();
const deps = deskDeps(database);
let region: Region;
let caseId: string;
let orderId: string;
beforeAll(async () => {
  region = await givenIn(database).region();
  caseId = await readyCase(deps, region);
  orderId = (await database.db.case.findUniqueOrThrow({ where: { id: caseId } })).orderId;
  await supplementOrder(deps, ctxFor(region.doctor), { id: orderId, text: '体温 39 度' });
});
const doctor = () => ctxFor(region.doctor);
const attending = () => ctxFor(region.attending);

/** The edge checks every answer against its contract: one that fails there is an internal error for the user. */
const fits = (schema: z.ZodType, answer: unknown) => expect(schema.safeParse(answer).error).toBeUndefined();

test('orders and drafts', async () => {
  fits(OrderView, await readOrder(deps, doctor(), { id: orderId }));
  const { rows } = await listOrders(deps, doctor(), { page: 1, pageSize: 10, q: '' });
  expect(rows).toHaveLength(1);
  for (const row of rows) fits(OrderRow, row);
  fits(DraftView, await createDraft(deps, doctor(), { facilityId: region.township.id, content: { a: [1] } }));
});

test('cases, held and free, and reports at every step', async () => {
  await readyCase(deps, region);
  const { report } = await written(deps, region.resident, caseId, { findings: '右肺【】影' });
  expect(report.warnings).not.toEqual([]);
  fits(ReportView, report);
  const query = { page: 1, pageSize: 10, q: '', sort: 'priority', direction: 'asc' } as const;
  const { rows } = await listCases(deps, attending(), query);
  expect(rows.map(({ holder }) => holder?.name ?? null).sort()).toEqual([region.resident.displayName, null].sort());
  for (const row of rows) fits(CaseRow, row);
  fits(CaseView, await readCase(deps, ctxFor(region.resident), { id: caseId }));
  fits(ReportView, await submitted(deps, region.resident, caseId));
  const final = await approved(deps, region.attending, caseId);
  fits(ReportView, final);
  fits(ReportView, await readReport(deps, doctor(), { caseId }));
  fits(VersionView, await readVersion(deps, doctor(), { id: final.versions[0]?.id ?? '' }));
  fits(OrderView, await readOrder(deps, doctor(), { id: orderId }));
});

test('templates', async () => {
  const { findings, impression, advice } = reportText();
  const body = { line: 'imaging', modality: null, bodyPart: null, kind: 'block', name: '块' } as const;
  fits(TemplateView, await saveTemplate(deps, attending(), { ...body, findings, impression, advice }));
});
