import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Hub, startDemoHub } from '../factories/demo-store.ts';
import { missingTools } from '../peers/dimse-tools.ts';
import { askForRead } from './ask-page.ts';
import { eventually, findChromium, keep, launch, type Seat, sitDown } from './browser.ts';
import { kneeSeries, storescu } from './modality.ts';

const chromiumPath = findChromium();
const lacks = missingTools('storescu');

describe.skipIf(!chromiumPath || lacks.length > 0)('from a township’s machine to an accepted report', () => {
  let hub: Hub;
  let browser: Browser;
  const seats: Seat[] = [];
  const sit = async (username: string): Promise<Seat> => {
    const seat = await sitDown(browser, hub.url, username, { keepsPages: true });
    seats.push(seat);
    return seat;
  };

  beforeAll(async () => {
    hub = await startDemoHub();
    browser = await launch(chromiumPath ?? '');
  });
  afterAll(async () => {
    await browser?.close();
    await hub?.stop();
  });

  test('five people, one machine, one report, accepted by 3 of 3', async () => {
    const [doctor, technician, writer, reviewer, auditor] = (await Promise.all(
      ['township01', 'tech01', 'radiologist01', 'radiologist02', 'auditor01'].map(sit),
    )) as [Seat, Seat, Seat, Seat, Seat];

    const { orderId, accessionNumber } = await askForRead(doctor.page, {
      patient: 'zgf',
      patientShown: '张桂芳',
      exam: 'MR-KNEE',
      examShown: '膝关节平扫',
    });
    expect(accessionNumber).not.toBe('');
    await keep(doctor, '1-order-sent');

    // The technician sees the order's number, and the machine sends under it.
    await technician.page.goto(`${hub.url}/orders/${orderId}`);
    await technician.page.getByTestId('exam').first().waitFor();
    const ordered = {
      accessionNumber,
      patientName: { Alphabetic: 'ZHANG^GUIFANG', Ideographic: '张^桂芳' },
      patientId: '',
      birthDate: '19580312',
      sex: 'F' as const,
    };
    const { files, proposing } = await kneeSeries(ordered);
    storescu(hub.ports.dimse, 'T01_DR', files, proposing);

    // The reader looks at the queue; the case appears in it by itself.
    await writer.page.getByTestId('nav-worklist').click();
    const row = writer.page.locator('[data-testid="case-row"][data-state="ready"]').first();
    await row.waitFor({ timeout: 60_000 });
    const caseId = (await row.getAttribute('data-case-id')) ?? '';
    await keep(writer, '2-worklist');
    await row.getByTestId('claim').click();
    await writer.page.locator('[data-testid="viewer"][data-rendered="true"]').first().waitFor({ timeout: 60_000 });
    await writer.page
      .getByTestId('findings')
      .fill('右膝关节在位，半月板形态规则，信号未见明显异常。前后交叉韧带连续。关节腔少量积液。');
    await writer.page.getByTestId('impression').fill('右膝关节少量积液。');
    await keep(writer, '3-desk');
    await writer.page.getByTestId('submit-report').click();

    await reviewer.page.getByTestId('nav-worklist').click();
    const submitted = reviewer.page.locator(`[data-testid="case-row"][data-case-id="${caseId}"]`);
    await submitted.waitFor();
    await submitted.getByTestId('claim').click();
    await reviewer.page.locator('[data-testid="viewer"][data-rendered="true"]').first().waitFor({ timeout: 60_000 });
    await keep(reviewer, '4-review');
    await reviewer.page.getByTestId('approve-report').click();

    // The doctor's page changes by itself: the result is there, and says who has it.
    await doctor.page.getByTestId('result').waitFor({ timeout: 60_000 });
    await doctor.page.getByTestId('report-sheet').getByText('右膝关节少量积液').waitFor();
    await doctor.page.getByTestId('acknowledge').click();
    await keep(doctor, '5-result');

    const states = await eventually(async () => {
      const answer = await doctor.page.request.get(`${hub.url}/api/deliveries?orderId=${orderId}`);
      const { rows } = (await answer.json()) as {
        rows: Array<{ state: string; facility: { code: string }; readAt: string | null }>;
      };
      const isDone =
        rows.length >= 3 && rows.every((one) => one.state === 'accepted') && rows.some((one) => one.readAt !== null);
      return isDone ? rows.map((one) => `${one.facility.code} ${one.state}`).sort() : undefined;
    });
    expect(states).toEqual(['C01 accepted', 'T01 accepted', 'V01 accepted']);
    await doctor.page.getByTestId('nav-delivery').click();
    await keep(doctor, '6-inbox');

    await auditor.page.getByTestId('nav-audit').click();
    await auditor.page.getByTestId('verify-audit').click();
    await auditor.page.getByTestId('audit-intact').waitFor();
    await keep(auditor, '7-audit');
    expect(seats.flatMap((seat) => seat.errors)).toEqual([]);
  });
});
