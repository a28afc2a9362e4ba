import { expect, test } from 'vitest';
import { type Outcome, sendAll, type Upload } from './upload-queue.ts';

const upload = (name: string, outcome: Outcome = 'waiting'): Upload => ({
  instance: {
    file: new File(['x'], name),
    sopInstanceUid: name,
    studyInstanceUid: '1',
    patientName: '',
    patientId: '',
    modality: '',
    studyDate: '',
    description: '',
  },
  outcome,
});
const noPause = async () => undefined;

function run(uploads: Upload[], answers: Record<string, Array<'stored' | 'refused' | 'unreachable'>>) {
  const sent: string[] = [];
  const send = async (file: File) => {
    sent.push(file.name);
    return { outcome: answers[file.name]?.shift() ?? ('stored' as const) };
  };
  const tell = (at: number, change: Partial<Upload>) => Object.assign(uploads[at] ?? {}, change);
  return sendAll(uploads, send, tell, new AbortController().signal, noPause).then(() => sent);
}

test('a link that fails twice costs two tries and loses nothing', async () => {
  const uploads = [upload('a'), upload('b')];
  const sent = await run(uploads, { a: ['unreachable', 'unreachable', 'stored'] });
  expect(sent.filter((name) => name === 'a')).toHaveLength(3);
  expect(uploads.map((one) => one.outcome)).toEqual(['stored', 'stored']);
});

test('what the hub refuses is not sent again, and the rest goes on', async () => {
  const uploads = [upload('bad'), upload('good')];
  expect((await run(uploads, { bad: ['refused'] })).sort()).toEqual(['bad', 'good']);
  expect(uploads.map((one) => one.outcome)).toEqual(['refused', 'stored']);
});

test('a second run sends only what is not stored', async () => {
  const uploads = [upload('done', 'stored'), upload('lost', 'unreachable')];
  expect(await run(uploads, {})).toEqual(['lost']);
});
