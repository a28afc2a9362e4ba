import { HubError } from '@lianzhen/contracts/errors.ts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { syntheticStudy } from '../../tests/factories/dicom.ts';
import { bufferSource } from './byte-source.ts';
import { decodeDataset } from './dataset.ts';
import { describeInstance } from './describe-instance.ts';
import { readHeader } from './header.ts';
import { renderExplicitLittleEndian } from './rendition.ts';
import { explicitBigEndian, explicitLittleEndian, implicitLittleEndian } from './sop-classes.ts';

const deflated = '1.2.840.10008.1.2.1.99';
const rle = '1.2.840.10008.1.2.5';
const code = (meaning: string) => ({ '00080104': { vr: 'LO', Value: [meaning] } });

const samples = [explicitLittleEndian, implicitLittleEndian, explicitBigEndian, deflated, rle].map(
  (transferSyntaxUid) => {
    const sequence = {
      vr: 'SQ',
      Value: [code('胸部'), { ...code('a'), '00081110': { vr: 'SQ', Value: [code('b')] } }],
    };
    const attributes = { '00081032': sequence, '00400275': sequence };
    const [instance] = syntheticStudy({
      modality: 'DX',
      rows: 8,
      columns: 8,
      transferSyntaxUid,
      attributes,
      charset: 'GB18030',
    });
    return instance?.bytes ?? Buffer.alloc(0);
  },
);

/** Flips bytes, forges lengths, cuts, repeats a part: what a hostile or broken sender does to a valid file. */
const damaged = fc
  .tuple(
    fc.constantFrom(...samples),
    fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 })), { maxLength: 12 }),
    fc.array(fc.tuple(fc.nat(), fc.constantFrom(0xffffffff, 0xfffffffe, 0x7fffffff, 0x10000, 0, 1)), { maxLength: 4 }),
    fc.option(fc.nat(), { freq: 3 }),
    fc.option(fc.tuple(fc.nat(), fc.nat({ max: 64 })), { freq: 3 }),
  )
  .map(([sample, flips, lengths, cut, repeat]) => {
    // The first 128 bytes mean nothing, so damage falls behind them.
    const place = (at: number, bytes: Buffer) => 128 + (at % Math.max(1, bytes.length - 132));
    let bytes = Buffer.from(sample);
    for (const [at, value] of flips) bytes.writeUInt8(value, place(at, bytes));
    for (const [at, value] of lengths) bytes.writeUInt32LE(value, place(at, bytes));
    if (repeat) {
      const from = place(repeat[0], bytes);
      bytes = Buffer.concat([bytes.subarray(0, from), bytes.subarray(from - repeat[1], from), bytes.subarray(from)]);
    }
    return cut === null ? bytes : bytes.subarray(0, cut % (bytes.length + 1));
  });

function isExpected(error: unknown): boolean {
  if (error instanceof HubError && error.code === 'dicom-invalid') return true;
  throw error;
}

async function settles(act: () => unknown): Promise<void> {
  const started = performance.now();
  try {
    await act();
  } catch (error) {
    isExpected(error);
  }
  // Far above what any of these takes; a loop without end or a forged allocation would be far above this.
  expect(performance.now() - started).toBeLessThan(5000);
}

const runs = (numRuns: number) => ({ seed: 20250605, numRuns, endOnFailure: false });

describe('damaged objects give an error or a value', () => {
  test('readHeader', async () => {
    const property = fc.asyncProperty(damaged, fc.boolean(), (bytes, isComplete) =>
      settles(() => readHeader(bytes, { isComplete })),
    );
    await fc.assert(property, runs(4000));
  });

  test('describeInstance and its rendition', async () => {
    const property = fc.asyncProperty(damaged, async (bytes) => {
      await settles(() => describeInstance(bufferSource(bytes)));
      await settles(() => renderExplicitLittleEndian(bufferSource(bytes), { write: async () => undefined }));
    });
    await fc.assert(property, runs(1500));
  });

  test('decodeDataset, from any byte on', async () => {
    const syntax = fc.constantFrom(explicitLittleEndian, implicitLittleEndian, explicitBigEndian);
    const property = fc.asyncProperty(damaged, syntax, fc.nat({ max: 600 }), (bytes, uid, from) =>
      settles(() => decodeDataset(bytes.subarray(from), uid)),
    );
    await fc.assert(property, runs(3000));
  });

  test('bytes of no meaning', async () => {
    const property = fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (values) => {
      const bytes = Buffer.from(values);
      await settles(() => readHeader(bytes, { transferSyntaxUid: explicitLittleEndian, isComplete: true }));
      await settles(() => decodeDataset(bytes, implicitLittleEndian));
      await settles(() => decodeDataset(bytes, explicitLittleEndian));
    });
    await fc.assert(property, runs(3000));
  });
});

test('the error of a damaged object tells where, and nothing of the patient', () => {
  const [first = Buffer.alloc(0)] = samples;
  const bytes = Buffer.from(first);
  bytes.fill(0x41, bytes.lastIndexOf('1.2.840.10008.5.1.4.1.1.1.1'));
  try {
    readHeader(bytes, { isComplete: true });
    expect.unreachable();
  } catch (error) {
    isExpected(error);
    expect(JSON.stringify((error as HubError).details)).not.toMatch(/Zhang|P0001/);
  }
});
