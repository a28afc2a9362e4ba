import { HubError } from '@lianzhen/contracts/errors.ts';
import { expect, test } from 'vitest';
import { syntheticTrace } from '../signal/test-kit/synthetic.ts';
import { writeWaveform } from './dicom/write-waveform.ts';
import { jpegFile, pdfFile } from './picture/test-kit/pictures.ts';
import { MAX_TRACE_BYTES, readTrace } from './read-trace.ts';

const identity = {
  sopInstanceUid: '2.25.1',
  studyInstanceUid: '2.25.2',
  seriesInstanceUid: '2.25.3',
  accessionNumber: null,
  patient: { id: 'P1', issuer: null, name: '张三', sex: 'M', birthDate: null },
  now: new Date('2026-03-02T00:00:00Z'),
};

function refusal(bytes: Buffer): unknown {
  try {
    readTrace(bytes);
  } catch (error) {
    if (error instanceof HubError && error.code === 'ecg-invalid') return error.details;
    throw error;
  }
  return undefined;
}

test('the content says what a file is', () => {
  expect(readTrace(writeWaveform(syntheticTrace({ seconds: 2 }), identity)).format).toBe('dicom');
  expect(readTrace(jpegFile()).picture?.mediaType).toBe('image/jpeg');
  expect(readTrace(pdfFile(2)).picture?.pages).toBe(2);
});

test('what no format knows is refused with the formats that are read', () => {
  const expected = 'DICOM waveform, SCP-ECG, HL7 aECG, Philips XML, GE MUSE XML, PDF, JPEG or PNG';
  for (const [bytes, found] of [
    [Buffer.alloc(0), 'an empty file'],
    [Buffer.from('0,1,2\n3,4,5\n'), 'bytes 302c312c320a332c342c350a'],
    [Buffer.from('<html><body>心电图</body></html>'), 'bytes 3c68746d6c3e3c626f64793e'],
    [Buffer.alloc(5000, 0x7f), `bytes ${'7f'.repeat(12)}`],
  ] as const) {
    expect(refusal(bytes)).toEqual({ format: 'unknown', where: 'first bytes', expected, found, offset: 0 });
  }
});

test('a DICOM object that is no electrocardiogram, and one that no recorder could make, are refused', () => {
  const volts = writeWaveform(syntheticTrace({ seconds: 2, gain: 1 }), identity);
  const trace = syntheticTrace({ seconds: 2 });
  const [rhythm] = trace.recordings;
  if (!rhythm) throw new Error('no rhythm');
  const slow = writeWaveform({ ...trace, recordings: [{ ...rhythm, samplingFrequency: 2 }] }, identity);
  expect(refusal(slow)).toMatchObject({ format: 'dicom', where: 'recording 1 (rhythm)', found: '2' });
  const ct = Buffer.from(volts.toString('latin1').replaceAll('5.1.4.1.1.9.1.1', '5.1.4.1.1.2\0\0\0\0'), 'latin1');
  expect(refusal(ct)).toMatchObject({ format: 'dicom', where: '(0008,0016)', found: 'CT Image Storage' });
});

test('nothing larger than an upload may be is read at all', () => {
  expect(refusal(Buffer.alloc(MAX_TRACE_BYTES + 1))).toMatchObject({ where: 'file' });
});
