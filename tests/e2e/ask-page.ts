import type { Page } from 'playwright-core';
import { choose } from './choose.ts';

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
  const patient = page.getByTestId('picked-patient');
  await choose(page, 'patient-search', wanted.patientShown, { typed: wanted.patient, becomes: patient });
  const exam = page.getByTestId('chosen-exam');
  await choose(page, 'exam-search', wanted.examShown, { typed: wanted.exam, becomes: exam });
  await exam.getByText('右侧').click();
  await page.getByTestId('purpose').fill('排除膝关节半月板损伤');
  await page.getByTestId('history').fill('右膝疼痛 3 周，上下楼加重，无外伤史。');
  await choose(page, 'diagnosis-search', 'M17', { typed: 'M17' });
  await choose(page, 'consent-relation', '本人');
  await choose(page, 'consent-method', '书面签字');
  await page.getByTestId('consent-now').click();
  await page.getByTestId('send-order').click();
  const sent = page.getByTestId('exam').first();
  await sent.waitFor().catch(async (cause: unknown) => {
    // Whoever reads this later wants to know what the page was waiting for.
    throw new Error(`no order at ${page.url()}, which says: ${await page.locator('body').ariaSnapshot()}`, { cause });
  });
  const accessionNumber = (await sent.getAttribute('data-accession')) ?? '';
  const orderId = new URL(page.url()).pathname.split('/').at(-1) ?? '';
  return { orderId, accessionNumber };
}
