import { expect, test } from 'vitest';
import { syntheticStudy } from '../../tests/factories/dicom.ts';
import { bufferSource } from './byte-source.ts';
import { describeInstance } from './describe-instance.ts';
import { instanceRecord, recordFromHead, recordHeadBytes } from './instance-record.ts';
import { implicitLittleEndian } from './sop-classes.ts';

type Study = Parameters<typeof syntheticStudy>[0];

function one(input: Partial<Study> = {}) {
  const uids = { studyInstanceUid: '1.2.3', seriesInstanceUid: '1.2.4' };
  const [made] = syntheticStudy({ modality: 'CT', rows: 256, columns: 256, ...uids, ...input });
  if (!made) throw new Error('no instance was made');
  return { bytes: made.bytes, uids: { ...uids, sopInstanceUid: made.sopInstanceUid } };
}

const whole = async (bytes: Buffer) => instanceRecord(await describeInstance(bufferSource(bytes)), null);

test.each([undefined, implicitLittleEndian])(
  'the head of a native image tells what the whole file does (%s)',
  async (syntax) => {
    const { bytes, uids } = one({ charset: 'GB18030', ...(syntax ? { transferSyntaxUid: syntax } : {}) });
    const record = await recordFromHead(bytes.subarray(0, recordHeadBytes), bytes.length, uids);
    expect(record).toEqual(await whole(bytes));
    expect(record?.head).toMatchObject({
      charset: 'GB18030',
      series: { modality: 'CT' },
      study: { headerPatientId: 'P0001' },
    });
    expect(record?.bytes.frames).toEqual([[[bytes.length - 256 * 256 * 2, 256 * 256 * 2]]]);
  },
);

test('a file that goes on behind its pixels is left to whoever reads all of it; one that was cut is told as it is', async () => {
  const { bytes, uids } = one();
  expect(await recordFromHead(bytes, bytes.length + 200, uids)).toBeUndefined();
  const cut = bytes.subarray(0, -1000);
  expect(await recordFromHead(cut, cut.length, uids)).toEqual(await whole(cut));
});

test.each([
  ['deflated', '1.2.840.10008.1.2.1.99'],
  ['big endian', '1.2.840.10008.1.2.2'],
])('a %s file is left to whoever makes its rendition', async (_name, transferSyntaxUid) => {
  const { bytes, uids } = one({ transferSyntaxUid });
  expect(await recordFromHead(bytes, bytes.length, uids)).toBeUndefined();
});

test('attributes that go on behind the head, and a head that is no DICOM, are left too', async () => {
  const { bytes, uids } = one();
  expect(await recordFromHead(bytes.subarray(0, 600), bytes.length, uids)).toBeUndefined();
  expect(await recordFromHead(Buffer.alloc(4096, 'a'), bytes.length, uids)).toBeUndefined();
});

test('an object that names itself otherwise than it was received is left', async () => {
  const { bytes, uids } = one();
  expect(await recordFromHead(bytes, bytes.length, { ...uids, seriesInstanceUid: '1.2.5' })).toBeUndefined();
});
