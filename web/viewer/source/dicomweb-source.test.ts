import { expect, test } from 'vitest';
import { bulkUrl, dicomwebSource } from './dicomweb-source.ts';

const never = new AbortController().signal;
const ref = { studyUid: '1.2', seriesUid: '3.4', sopInstanceUid: '5.6', frame: 7 };

function server(answer: () => Response) {
  const asked: { url: string; accept: string | null }[] = [];
  const call: typeof fetch = async (url, init) => {
    asked.push({ url: String(url), accept: new Headers(init?.headers).get('Accept') });
    return answer();
  };
  return { asked, source: dicomwebSource('1.2', { baseUrl: 'http://hub/dicomweb/', fetch: call }) };
}

test('a frame is asked for as it is stored, and comes with its syntax', async () => {
  const body =
    '--b\r\nContent-Type: application/octet-stream; transfer-syntax=1.2.840.10008.1.2.4.80\r\n\r\nXY\r\n--b--';
  const headers = { 'Content-Type': 'multipart/related; boundary=b' };
  const { asked, source } = server(() => new Response(body, { headers }));
  const answer = await source.frame(ref, never);
  expect(asked).toEqual([
    {
      url: 'http://hub/dicomweb/studies/1.2/series/3.4/instances/5.6/frames/7',
      accept: 'multipart/related; type="application/octet-stream"; transfer-syntax=*',
    },
  ]);
  expect(answer.transferSyntaxUid).toBe('1.2.840.10008.1.2.4.80');
  expect(answer.bytes.byteLength).toBe(2);
});

test.each([
  ['application/octet-stream', '1.2.840.10008.1.2.1'],
  ['application/octet-stream; transfer-syntax=*', '1.2.840.10008.1.2.1'],
  ['image/jp2', ''],
])('%s means %s', async (contentType, syntax) => {
  const { source } = server(() => new Response('XY', { headers: { 'Content-Type': contentType } }));
  expect((await source.frame(ref, never)).transferSyntaxUid).toBe(syntax);
});

test('a refusal carries its status and its title', async () => {
  const { source } = server(() => Response.json({ title: 'no such study' }, { status: 404 }));
  await expect(source.load(never)).rejects.toMatchObject({
    code: 'http',
    details: { status: 404, reason: 'no such study' },
  });
});

test('something that is not JSON, and JSON that is no list, are refused', async () => {
  await expect(server(() => new Response('<html>')).source.load(never)).rejects.toMatchObject({
    code: 'not-dicom-json',
  });
  await expect(server(() => Response.json({})).source.load(never)).rejects.toMatchObject({ code: 'not-dicom-json' });
});

test('a lost connection is told as one, an aborted request is passed on', async () => {
  const lost = server(() => {
    throw new TypeError('fetch failed');
  });
  await expect(lost.source.load(never)).rejects.toMatchObject({ code: 'network' });
  const aborted = server(() => {
    throw new DOMException('gone', 'AbortError');
  });
  await expect(aborted.source.load(never)).rejects.toMatchObject({ name: 'AbortError' });
});

test('bulk data are asked of the study’s own server alone', () => {
  const study = 'http://hub/dicomweb/studies/1.2';
  const below = '/studies/1.2/series/3/instances/4/bulk/00281201';
  expect(bulkUrl(`http://inner:8080/dicomweb${below}`, study)).toBe(`http://hub/dicomweb${below}`);
  expect(bulkUrl('series/3/bulk/x', 'http://hub/dicomweb/studies/1.2')).toBe(`${study}/series/3/bulk/x`);
  expect(() => bulkUrl('http://evil/steal?x=1', study)).toThrow(/foreign-address/);
  expect(() => bulkUrl('http://evil/studies/9.9/a', study)).toThrow(/foreign-address/);
});
