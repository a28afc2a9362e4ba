import { createServer } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { ecgReport } from '../../../tests/factories/ecg-report.ts';
import { reportContent, sampleHash } from '../../../tests/factories/report-content.ts';
import { listenOn } from '../../../tests/sims/listen.ts';
import { describeFailure } from '../answers.ts';
import { stowDicom } from './dicomweb.ts';

const failed = (...reasons: number[]) => ({
  '00081198': { vr: 'SQ', Value: reasons.map((reason) => ({ '00081197': { vr: 'US', Value: [reason] } })) },
});

/** Sends to a server that answers `status` with `body`. */
async function send(status: number, body: unknown, content = reportContent()) {
  const requests: { url?: string; type?: string; body: string }[] = [];
  const server = createServer((request, response) => {
    let text = '';
    request.setEncoding('latin1').on('data', (piece: string) => {
      text += piece;
    });
    request.on('end', () => {
      requests.push({ url: request.url, type: request.headers['content-type'], body: text });
      response.writeHead(status, { 'content-type': 'application/dicom+json' }).end(JSON.stringify(body));
    });
  });
  const port = await listenOn(server, 0);
  onTestFinished(() => void server.closeAllConnections());
  onTestFinished(() => void server.close());
  const result = await stowDicom(
    { form: 'pdf', bytes: Buffer.from('%PDF-1.7 x') },
    { id: 'd', kind: 'dicomweb', config: { baseUrl: `http://127.0.0.1:${port}/dw/` }, secrets: {} },
    { id: '018f0000-0000-7000-8000-00000000d005', content, contentHash: sampleHash },
    new AbortController().signal,
  ).catch(describeFailure);
  return { result, requests };
}

test('one part is sent for each study, as PS3.18 wants it', async () => {
  const { result, requests } = await send(200, {});
  expect(result).toMatchObject({ outcome: 'accepted' });
  expect(requests[0]?.url).toBe('/dw/studies');
  const boundary = /^multipart\/related; type="application\/dicom"; boundary=(\S+)$/.exec(requests[0]?.type ?? '')?.[1];
  const parts = requests[0]?.body.split(`--${boundary}`) ?? [];
  expect(parts).toHaveLength(3);
  expect(parts[1]).toMatch(/^\r\nContent-Type: application\/dicom\r\n\r\n\0{128}DICM/);
  expect(parts[2]).toBe('--\r\n');
});

test.each<[number, unknown, RegExp | string]>([
  [200, failed(0x0111), 'accepted'],
  [409, failed(0x0111), 'accepted'],
  [202, failed(0xa900), 'rejected'],
  [409, failed(0x0122), 'rejected'],
  [409, failed(0x0122, 0xa700), /HTTP 409 0122 A700/],
  [409, {}, /HTTP 409/],
  [415, {}, 'rejected'],
  [503, {}, /HTTP 503/],
  [401, {}, /HTTP 401/],
])('%i with %j', async (status, body, expected) => {
  const { result } = await send(status, body);
  if (typeof expected === 'string') expect(result).toMatchObject({ outcome: expected });
  else expect(result).toMatch(expected);
});

test('an electrocardiogram is sent as a structured report too, and one who takes none has the PDF', async () => {
  const refusedOf = (sopClassUid: string) => ({
    '00081198': {
      vr: 'SQ',
      Value: [{ '00081197': { vr: 'US', Value: [0x0122] }, '00081150': { vr: 'UI', Value: [sopClassUid] } }],
    },
  });
  const sr = refusedOf('1.2.840.10008.5.1.4.1.1.88.33');
  const { result, requests } = await send(202, sr, ecgReport());
  expect(requests[0]?.body.split('Content-Type: application/dicom')).toHaveLength(3);
  expect(result).toMatchObject({ outcome: 'accepted', answer: 'HTTP 202 0122' });
  expect((await send(202, refusedOf('1.2.840.10008.5.1.4.1.1.104.1'), ecgReport())).result).toMatchObject({
    outcome: 'rejected',
  });
  // Where nothing was kept, the PDF was not either.
  expect((await send(409, sr, ecgReport())).result).toMatchObject({ outcome: 'rejected' });
});
