import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { writePart10 } from '@lianzhen/dicom/part10.ts';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Adapter } from '../../workers/delivery/adapters/adapter.ts';
import { storeDicom } from '../../workers/delivery/adapters/dicom-store.ts';
import { stowDicom } from '../../workers/delivery/adapters/dicomweb.ts';
import { encapsulatedPdfs } from '../../workers/delivery/adapters/encapsulated-pdf.ts';
import { describeFailure } from '../../workers/delivery/answers.ts';
import { renderPdf } from '../../workers/reporting/forms/pdf.ts';
import { reportContent, sampleHash } from '../factories/report-content.ts';
import { listenOn } from '../sims/listen.ts';
import { missingTools, temporaryFolder } from './dimse-tools.ts';
import { hasOrthanc, startOrthanc } from './orthanc.ts';
import { receiveStored } from './store-receiver.ts';

if (!hasOrthanc) console.log('skipped: orthanc or orthanc-dicomweb not installed');
const hasDcmtk = missingTools('storescp', 'dcmdump').length === 0;
const hasChecker = spawnSync('dciodvfy', ['-version']).error === undefined;
if (!hasChecker) console.log('skipped: dciodvfy is not installed (dicom3tools)');

const content = reportContent();
const pdf = await renderPdf(content, { contentHash: sampleHash });
const id = '018f0000-0000-7000-8000-00000000d003';
const send = (adapter: Adapter, config: object, signal = new AbortController().signal) =>
  adapter(
    { form: 'pdf', bytes: pdf },
    { id: 'd', kind: 'dicom-store', config, secrets: {} },
    { id, content, contentHash: sampleHash },
    signal,
  );
const failureOf = (sending: Promise<unknown>) => sending.then(() => 'no failure', describeFailure);

test.skipIf(!hasChecker)('what is sent is a valid Encapsulated PDF', async () => {
  const folder = await temporaryFolder();
  const file = join(folder, 'report.dcm');
  for (const json of encapsulatedPdfs(content, pdf)) {
    writeFileSync(file, writePart10(json));
    const { stdout, stderr } = spawnSync('dciodvfy', [file], { encoding: 'utf8' });
    expect(`${stdout}\n${stderr}`.split('\n').filter((line) => line.startsWith('Error'))).toEqual([]);
  }
});

describe.skipIf(!hasDcmtk)('storescp', () => {
  test.each([['+xi'], ['+xe']])('takes the report with %s, twice as one', async (syntax) => {
    const { folder, config } = await receiveStored(syntax);
    expect(await send(storeDicom, config)).toEqual({ outcome: 'accepted', answer: 'C-STORE 0000' });
    expect(await send(storeDicom, config)).toMatchObject({ outcome: 'accepted' });
    const files = readdirSync(folder);
    expect(files).toHaveLength(1);
    const bytes = readFileSync(join(folder, files[0] ?? ''));
    expect(bytes.includes(pdf)).toBe(true);
    const { stdout } = spawnSync('dcmdump', ['+P', '0010,0010', '+P', '0008,0005', join(folder, files[0] ?? '')]);
    expect(stdout.toString('utf8')).toContain('[zhangsan=张三]');
  });

  test('a refused association and a silent one leave it open', async () => {
    const { config } = await receiveStored('--refuse');
    expect(await failureOf(send(storeDicom, config))).toMatch(/A-ASSOCIATE-RJ/);
    const silent = createServer(() => undefined);
    const port = await listenOn(silent, 0);
    onTestFinished(() => void silent.close());
    expect(await failureOf(send(storeDicom, { ...config, port, timeoutMs: 1000 }))).toMatch(/no answer in time/);
    silent.close();
    expect(await failureOf(send(storeDicom, { ...config, port: 1 }))).toMatch(/ECONNREFUSED/);
  });
});

describe.skipIf(!hasOrthanc)('Orthanc', () => {
  const instancesOf = async (url: string): Promise<string[]> =>
    (await (await fetch(`${url}/instances`)).json()) as string[];

  test('has the report once after C-STORE and STOW-RS, each twice', async () => {
    const { url, dicomPort, aeTitle } = await startOrthanc();
    const dimse = { host: '127.0.0.1', port: dicomPort, calledAeTitle: aeTitle };
    const web = { baseUrl: `${url}/dicom-web` };
    for (const sending of [0, 1, 2, 3]) {
      const receipt = await (sending % 2 ? send(storeDicom, dimse) : send(stowDicom, web));
      expect(receipt.outcome, receipt.answer).toBe('accepted');
    }
    const instances = await instancesOf(url);
    expect(instances).toHaveLength(1);
    const stored = await fetch(`${url}/instances/${instances[0]}/pdf`);
    expect(Buffer.from(await stored.arrayBuffer()).equals(pdf)).toBe(true);
    const facts = (await (await fetch(`${url}/instances/${instances[0]}/simplified-tags`)).json()) as object;
    expect(facts).toMatchObject({
      StudyInstanceUID: content.exams[0]?.studies[0]?.studyInstanceUid,
      PatientName: 'zhangsan=张三',
      PatientID: '110101199003020023',
    });
  });

  test('a server without DICOMweb there leaves it open', async () => {
    const { url } = await startOrthanc();
    expect(await failureOf(send(stowDicom, { baseUrl: `${url}/nothing` }))).toMatch(/HTTP 404/);
  });
});
