import type { Page } from 'playwright-core';

/** Picks the first line that a search box offers for what is typed. */
async function search(page: Page, testId: string, typed: string, offered: string): Promise<void> {
  await page.getByTestId(testId).locator('input').fill(typed);
  await page.locator('.ant-select-dropdown:visible').getByText(offered).first().click();
}

export interface Wanted {
  patient: string;
  patientShown: string;
  exam: string;
  examShown: string;
  urgency?: string;
}

/** What the township doctor does on the one page; ends on the order's own page. */
export async function askForRead(page: Page, wanted: Wanted): Promise<{ orderId: string; accessionNumber: string }> {
  await page.getByTestId('nav-orders').click();
  await page.getByTestId('new-order').click();
  await search(page, 'patient-search', wanted.patient, wanted.patientShown);
  await page.getByTestId('picked-patient').waitFor();
  await search(page, 'exam-search', wanted.exam, wanted.examShown);
  await page.getByTestId('chosen-exam').waitFor();
  if (wanted.urgency) await page.getByText(wanted.urgency, { exact: true }).first().click();
  await page.getByTestId('purpose').fill('排除膝关节半月板损伤');
  await page.getByTestId('history').fill('右膝疼痛 3 周，上下楼加重，无外伤史。');
  await search(page, 'diagnosis-search', 'M17', 'M17');
  await page.getByTestId('consent-relation').click();
  await page.locator('.ant-select-dropdown:visible').getByText('本人').click();
  await page.getByTestId('consent-method').getByText('书面签字').click();
  await page.getByTestId('consent-now').click();
  await page.getByTestId('send-order').click();
  const exam = page.getByTestId('exam').first();
  await exam.waitFor();
  const accessionNumber = (await exam.getAttribute('data-accession')) ?? '';
  const orderId = new URL(page.url()).pathname.split('/').at(-1) ?? '';
  return { orderId, accessionNumber };
}
