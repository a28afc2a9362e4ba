import { describe, expect, test } from 'vitest';
import { type SyntheticStudy, syntheticStudy } from '../../tests/factories/dicom.ts';
import { type ByteSource, bufferSource } from './byte-source.ts';
import { describeInstance } from './describe-instance.ts';
import { readHeader } from './header.ts';
import { personName, text } from './model.ts';
import { renderExplicitLittleEndian } from './rendition.ts';
import { explicitBigEndian } from './sop-classes.ts';
import { tags } from './tags.ts';

const deflated = '1.2.840.10008.1.2.1.99';

function one(input: SyntheticStudy): Buffer {
  const [instance] = syntheticStudy(input);
  return instance?.bytes ?? Buffer.alloc(0);
}

async function render(bytes: Buffer) {
  const parts: Buffer[] = [];
  const write = async (part: Buffer) => void parts.push(Buffer.from(part));
  const description = await renderExplicitLittleEndian(bufferSource(bytes), { write });
  return { description, file: Buffer.concat(parts) };
}

/** Counts what is read of a source. */
function counted(bytes: Buffer): ByteSource & { total: number } {
  return {
    size: bytes.length,
    total: 0,
    async read(offset, length) {
      this.total += length;
      return bytes.subarray(offset, offset + length);
    },
  };
}

describe('describeInstance', () => {
  test('attributes, identity and pixels', async () => {
    const bytes = one({ modality: 'CT', rows: 32, columns: 48 });
    const description = await describeInstance(bufferSource(bytes));
    const header = readHeader(bytes);
    expect(description).toMatchObject({
      sopInstanceUid: header !== 'need-more' && header.sopInstanceUid,
      studyInstanceUid: header !== 'need-more' && header.studyInstanceUid,
      numberOfFrames: 1,
      rows: 32,
      columns: 48,
      bitsAllocated: 16,
      bitsStored: 12,
      photometricInterpretation: 'MONOCHROME2',
      rendition: 'original',
      isVideo: false,
      charset: { declared: ['ISO_IR 192'], used: ['ISO_IR 192'] },
      warnings: [],
    });
    expect(personName(description.attributes, tags.PatientName)).toEqual({
      Alphabetic: 'Zhang^Xiaoming',
      Ideographic: '张^小明',
    });
    expect(description.frames).toEqual([[[bytes.length - 32 * 48 * 2, 32 * 48 * 2]]]);
    expect(description.attributes[tags.PixelData]).toEqual({ vr: 'OW', BulkDataURI: 'bulk/7FE00010' });
  });

  test('the pixels are not read', async () => {
    const source = counted(one({ modality: 'CT', rows: 1024, columns: 1024 }));
    await describeInstance(source);
    expect(source.total).toBeLessThan(source.size / 10);
  });

  test('long values stay in the file, in sequences too; long texts do not', async () => {
    const big = Buffer.alloc(5000, 7);
    const bytes = one({
      modality: 'CT',
      attributes: {
        '00091010': { vr: 'OB', InlineBinary: big.toString('base64') },
        '00104000': { vr: 'LT', Value: ['长'.repeat(2000)] },
        '54000100': { vr: 'SQ', Value: [{}, { '54001010': { vr: 'OW', InlineBinary: big.toString('base64') } }] },
      },
    });
    const { attributes, bulk } = await describeInstance(bufferSource(bytes));
    expect(text(attributes, '00104000')).toHaveLength(2000);
    expect(attributes['00091010']?.BulkDataURI).toBe('bulk/00091010');
    const range = bulk['54000100/1/54001010'];
    expect(range && bytes.subarray(range.offset, range.offset + range.length).equals(big)).toBe(true);
  });

  test('a file that ends inside its pixels keeps its metadata', async () => {
    const bytes = one({ modality: 'CT' });
    const description = await describeInstance(bufferSource(bytes.subarray(0, bytes.length - 10)));
    expect(description.frames).toEqual([]);
    expect(description.warnings.map(({ code }) => code)).toEqual(['pixel-data-truncated', 'pixel-length-mismatch']);
  });

  test('a file that ends inside its metadata is refused', async () => {
    const bytes = one({ modality: 'CT' });
    await expect(describeInstance(bufferSource(bytes.subarray(0, 900)))).rejects.toMatchObject({
      code: 'dicom-invalid',
    });
  });
});

describe('character sets that devices get wrong', () => {
  const nameOf = async (bytes: Buffer, charsetOverride?: string) => {
    const description = await describeInstance(bufferSource(bytes), { charsetOverride });
    return { ...description, name: personName(description.attributes, tags.PatientName)?.Ideographic };
  };
  /** The same bytes under another declaration of the same length. */
  const relabel = (bytes: Buffer, from: string, to: string) => {
    const copy = Buffer.from(bytes);
    copy.write(to, copy.indexOf(Buffer.from(from, 'latin1')), 'latin1');
    return copy;
  };

  test('a wrong declaration is reported and not overruled; an override is', async () => {
    const lying = relabel(one({ modality: 'CT', charset: 'ISO_IR 192' }), 'ISO_IR 192', 'ISO_IR 100');
    const read = await nameOf(lying);
    expect(read.name).not.toBe('张^小明');
    expect(read.charset).toMatchObject({
      declared: ['ISO_IR 100'],
      used: ['ISO_IR 100'],
      suggestion: { charset: 'ISO_IR 192' },
    });
    expect(read.warnings).toMatchObject([{ code: 'charset-suspect', found: 'ISO_IR 100', expected: 'ISO_IR 192' }]);
    const corrected = await nameOf(lying, 'ISO_IR 192');
    expect(corrected).toMatchObject({ name: '张^小明', warnings: [], charset: { used: ['ISO_IR 192'] } });
  });

  test('where nothing is declared the bytes decide', async () => {
    const silent = relabel(one({ modality: 'CT', charset: 'GB18030' }), 'GB18030 ', '        ');
    const read = await nameOf(silent);
    expect(read).toMatchObject({ name: '张^小明', charset: { declared: [], used: ['GBK'] } });
    expect(read.warnings).toMatchObject([{ code: 'charset-guessed' }]);
  });
});

describe('renditions', () => {
  test.each([deflated, explicitBigEndian])('%s as explicit little endian', async (transferSyntaxUid) => {
    for (const modality of ['CT', 'US'] as const) {
      const original = one({ modality, rows: 20, columns: 30 });
      const bytes = one({ modality, rows: 20, columns: 30, transferSyntaxUid });
      const { description, file } = await render(bytes);
      expect(await describeInstance(bufferSource(bytes))).toEqual(description);
      expect(description).toMatchObject({ rendition: 'explicit-little-endian', transferSyntaxUid, warnings: [] });
      // Nothing but the order of bytes was changed in making it, so what comes back is the original to the byte.
      expect(file.equals(original)).toBe(true);
      const { frames, attributes } = await describeInstance(bufferSource(file));
      expect(description.frames).toEqual(frames);
      expect(description.attributes).toEqual(attributes);
    }
  });

  test('sequences and numbers of all widths are swapped', async () => {
    const attributes = {
      '00091001': { vr: 'FD', Value: [1.5, -2.25] },
      '00091002': { vr: 'AT', Value: ['00100010'] },
      '00091003': { vr: 'SQ', Value: [{ '00091004': { vr: 'UL', Value: [1, 70_000] } }, {}] },
      '00091005': { vr: 'OW', InlineBinary: Buffer.from([1, 2, 3, 4]).toString('base64') },
      '00091006': { vr: 'UV', Value: [5] },
    };
    const original = one({ modality: 'CT', attributes });
    const { description, file } = await render(
      one({ modality: 'CT', attributes, transferSyntaxUid: explicitBigEndian }),
    );
    expect(file.equals(original)).toBe(true);
    expect(description.attributes).toMatchObject(attributes);
  });

  test('other syntaxes need none', async () => {
    await expect(render(one({ modality: 'CT' }))).rejects.toMatchObject({ code: 'dicom-invalid' });
  });
});
