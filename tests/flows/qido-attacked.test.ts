import { beforeAll, expect, test } from 'vitest';
import { machineOf } from '../factories/callers.ts';
import { withDatabase } from '../factories/database.ts';
import { syntheticStudy } from '../factories/dicom.ts';
import { withImagingEdge } from '../factories/imaging-edge.ts';
import { samePerson } from '../factories/imaging-order.ts';
import { givenIn, type Region } from '../factories/region.ts';

const database = withDatabase();
const edge = withImagingEdge(database);
const given = givenIn(database);
let region: Region;
beforeAll(async () => {
  region = await given.region();
  const [one] = syntheticStudy({ modality: 'CT', rows: 8, columns: 8, seed: 9301, patient: samePerson });
  await edge.stow(machineOf(region.township, ['studies:send']), [one?.bytes as Buffer]);
  await edge.settle();
});
const get = (path: string, accept = 'application/dicom+json') =>
  edge.fetchAs(region.technician, path, { headers: { accept } });

test.each([
  'PatientID=%00',
  'PatientName=a%00*',
  'ModalitiesInStudy=%00',
  'AccessionNumber=A%0A1',
  'PatientWeight.%0D%0AX=1',
  'PatientWeight.%E5%BC%A0=1',
  'includefield=PatientWeight.%0D',
])('%s is malformed', async (query) => {
  expect((await get(`/studies?${query}`)).status).toBe(400);
});

test('a key within a sequence is warned of and matches no other', async () => {
  const within = await get(
    '/studies?RequestAttributesSequence.StudyInstanceUID=1.2.3&ReferencedStudySequence.PatientID=9',
  );
  expect([within.status, await within.json()]).toEqual([200, [expect.anything()]]);
  expect(within.headers.get('warning')).toMatch(/RequestAttributesSequence\.StudyInstanceUID is not supported/);
});

test('many keys that cannot be matched make no header that a client refuses', async () => {
  const many = Array.from({ length: 600 }, (_, at) => `0010${(0x9000 + at).toString(16)}=1`).join('&');
  const answer = await get(`/studies?${many}`);
  expect([answer.status, answer.headers.get('warning')]).toEqual([200, expect.stringContaining('580 more')]);
});

test('the answer has the form that the address or the header asks for', async () => {
  const typeFor = async (query: string, accept: string) =>
    (await get(`/studies?${query}`, accept)).headers.get('content-type')?.split(';')[0];
  expect(await typeFor('accept=application/dicom%2Bjson', 'text/html')).toBe('application/dicom+json');
  expect(await typeFor('', 'application/json, application/dicom+json;q=0.1')).toBe('application/json');
  expect((await get('/studies?accept=application/dicom%2Bxml', '*/*')).status).toBe(406);
});
