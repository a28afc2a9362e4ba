import { hubContract } from '@lianzhen/contracts/hub-contract.ts';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Hub, startDemoHub } from '../factories/demo-store.ts';
import { syntheticStudy } from '../factories/dicom.ts';
import { machine } from '../factories/hub-client.ts';
import { imagesOf, openLine, orderOf } from '../factories/line.ts';
import { caseToRead, signedReport } from '../factories/line-work.ts';
import { stowDoor } from '../factories/modality.ts';
import { findChromium, keep, launch, sitDown } from './browser.ts';
import { overflowOf } from './overflow.ts';

const chromiumPath = findChromium();

describe.skipIf(!chromiumPath)('who a record or an image belongs to', () => {
  let hub: Hub;
  let browser: Browser;
  beforeAll(async () => {
    hub = await startDemoHub();
    browser = await launch(chromiumPath ?? '');
  });
  afterAll(async () => {
    await browser?.close();
    await hub?.stop();
  });

  test('two registrations that agree in all but their numbers are told apart before one is kept', async () => {
    const line = await openLine(hub.url);
    for (const value of ['M-2026-0011', 'M-2026-0022']) {
      const { patient } = await line.doctor.call(hubContract.patients.create, {
        ...{ name: '马占海', sex: 'male', birthDate: '1946-01-30', phone: '13800138000' },
        ...{ facilityId: line.townshipId, identifiers: [{ type: 'mrn', issuer: 'T01', value }] },
      });
      await line.doctor.call(hubContract.orders.send, orderOf({ ...line, patient }));
    }
    const senior = await sitDown(browser, hub.url, 'radiologist02', { viewport: { width: 390, height: 844 } });
    await senior.page.goto(`${hub.url}/patients/duplicates`);
    await senior.page.getByTestId('duplicate').waitFor();
    expect(await overflowOf(senior.page)).toEqual([]);
    await senior.page.getByRole('button', { name: /^合\s?并$/ }).click();
    const dialog = senior.page.getByRole('dialog');
    await dialog.getByRole('radio').first().waitFor();
    const labels = await dialog.locator('label').allInnerTexts();
    expect(labels.map((label) => label.slice(-2)).sort()).toEqual(['11', '22']);
    await keep(senior, 'merge');
    expect(senior.errors).toEqual([]);
  });

  test('a study goes to the exam that was chosen, and the page asks for one where none was', async () => {
    const line = await openLine(hub.url);
    await line.doctor.call(hubContract.orders.send, orderOf(line));
    const { patient } = await line.doctor.call(hubContract.patients.create, {
      ...{ name: '赵云', sex: 'male', birthDate: '1981-07-02', facilityId: line.townshipId },
      identifiers: [{ type: 'mrn', issuer: 'T01', value: 'M-2026-0033' }],
    });
    // The latest, and yet not the first: it is somebody else's.
    await line.doctor.call(hubContract.orders.send, orderOf({ ...line, patient }));
    const images = imagesOf(line, 'OLD-99', { instances: 1, seed: 91 });
    await stowDoor(machine(hub.url, 'demo-device-T01'))(images, () => undefined);
    const seat = await sitDown(browser, hub.url, 'tech01', { viewport: { width: 390, height: 844 } });
    const { page, errors } = seat;
    await page.goto(`${hub.url}/imaging?tab=studies&state=unmatched`);
    await page.getByTestId('attach-study').click();
    const dialog = page.getByRole('dialog');
    // Both sides say who it is, or nobody could check.
    await expect.poll(() => dialog.getByText('1958-03-12').count()).toBe(2);
    await dialog.getByRole('textbox').last().fill('检查号是旧的');
    await dialog.getByRole('button', { name: '关联到申请' }).click();
    await dialog.getByText('请先选择一项检查').waitFor();
    await dialog.getByRole('radio', { name: /赵云/ }).check();
    await dialog.getByTestId('attach-differences').getByRole('cell', { name: '1981-07-02' }).waitFor();
    await dialog.getByRole('button', { name: '仍要关联' }).waitFor();
    expect(await overflowOf(page)).toEqual([]);
    await keep(seat, 'attach');
    await dialog.getByRole('radio').first().check();
    expect(await dialog.getByTestId('attach-differences').count()).toBe(0);
    await dialog.getByRole('button', { name: '关联到申请' }).click();
    await dialog.waitFor({ state: 'hidden' });
    expect(errors).toEqual([]);
  });

  test('what may be done with a study changes on the page while its case is read elsewhere', async () => {
    const line = await openLine(hub.url);
    const { caseId, studyInstanceUid } = await caseToRead(line);
    const { page, errors } = await sitDown(browser, hub.url, 'tech01');
    await page.goto(`${hub.url}/imaging?tab=studies`);
    const detach = page.locator(`[data-study="${studyInstanceUid}"]`).getByRole('button', { name: '解除关联' });
    await detach.waitFor();
    const { leaseToken } = await line.reader.call(hubContract.worklist.claim, { id: caseId });
    await detach.waitFor({ state: 'detached' });
    await line.reader.call(hubContract.worklist.release, { id: caseId, leaseToken });
    await detach.waitFor();
    expect(errors).toEqual([]);
  });

  test('who asked for a report is told of images that came after it was signed', async () => {
    const line = await openLine(hub.url);
    const { orderId, studyInstanceUid } = await signedReport(line);
    const doctor = await sitDown(browser, hub.url, 'township01');
    await doctor.page.goto(`${hub.url}/orders/${orderId}`);
    await doctor.page.getByTestId('result').waitFor();
    expect(await doctor.page.getByTestId('late-images').count()).toBe(0);
    const late = syntheticStudy({ modality: 'CT', seed: 92, studyInstanceUid });
    await stowDoor(machine(hub.url, 'demo-device-T01'))(late, () => undefined);
    await doctor.page.getByTestId('late-images').waitFor();
    await keep(doctor, 'late-images');
    expect(doctor.errors).toEqual([]);
  });
});
