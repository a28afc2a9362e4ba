import type { Page } from 'playwright-core';

/** Picks the first line offered that has the words; `typed` narrows what is offered. */
async function pick(page: Page, testId: string, words: string, typed?: string): Promise<void> {
  const box = page.getByTestId(testId);
  if (typed === undefined) await box.click();
  else await box.locator('input').fill(typed);
  const offered = page.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option');
  await offered.filter({ hasText: words }).first().click();
}

export interface Wanted {
  patient: string;
  patientShown: string;
  exam: string;
  examShown: string;
}

/** What the township doctor does on the one page, for an exam that has sides; ends on the order's own page. */
export async function askForRead(page: Page, wanted: Wanted): Promise<{ orderId: string; accessionNumber: string }> {
  await page.getByTestId('nav-orders').click();
  await page.getByTestId('new-order').click();
  await pick(page, 'patient-search', wanted.patientShown, wanted.patient);
  await page.getByTestId('picked-patient').waitFor();
  await pick(page, 'exam-search', wanted.examShown, wanted.exam);
  await page.getByTestId('chosen-exam').getByText('右侧').click();
  await page.getByTestId('purpose').fill('排除膝关节半月板损伤');
  await page.getByTestId('history').fill('右膝疼痛 3 周，上下楼加重，无外伤史。');
  await pick(page, 'diagnosis-search', 'M17', 'M17');
  await pick(page, 'consent-relation', '本人');
  await pick(page, 'consent-method', '书面签字');
  await page.getByTestId('consent-now').click();
  await page.getByTestId('send-order').click();
  const exam = page.getByTestId('exam').first();
  await exam.waitFor().catch(async (cause: unknown) => {
    // Whoever reads this later wants to know what the page was waiting for.
    throw new Error(`no order at ${page.url()}, which says: ${await page.locator('body').ariaSnapshot()}`, { cause });
  });
  const accessionNumber = (await exam.getAttribute('data-accession')) ?? '';
  const orderId = new URL(page.url()).pathname.split('/').at(-1) ?? '';
  return { orderId, accessionNumber };
}
