import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, test } from 'vitest';
import { corpus, corpusFiles } from '../../tests/corpus.ts';
import { bufferSource } from './byte-source.ts';
import { describeInstance } from './describe-instance.ts';
import { readHeader } from './header.ts';
import { personName } from './model.ts';
import { renderExplicitLittleEndian } from './rendition.ts';
import { tags } from './tags.ts';

const read = (under: string, name: string) => {
  const path = corpusFiles(under).find((file) => basename(file) === name);
  if (!path) throw new Error(`not in the corpus: ${under}/${name}`);
  return readFileSync(path);
};

async function pixelsOf(bytes: Buffer): Promise<Buffer> {
  let description = await describeInstance(bufferSource(bytes));
  let file = bytes;
  if (description.rendition !== 'original') {
    const parts: Buffer[] = [];
    const write = async (part: Buffer) => void parts.push(Buffer.from(part));
    description = await renderExplicitLittleEndian(bufferSource(bytes), { write });
    file = Buffer.concat(parts);
  }
  return Buffer.concat(description.frames.flat().map(([at, length]) => file.subarray(at, at + length)));
}

describe.skipIf(!corpus())('real files', () => {
  test('one slice in fifteen transfer syntaxes is one instance of one study with one frame', async () => {
    const files = corpusFiles('dicom/one-ct-fifteen-syntaxes');
    expect(files.length).toBeGreaterThanOrEqual(15);
    for (const file of files) {
      const bytes = readFileSync(file);
      const header = readHeader(bytes.subarray(0, 16_384));
      const description = await describeInstance(bufferSource(bytes));
      expect(header).toMatchObject({ sopInstanceUid: description.sopInstanceUid });
      expect(description).toMatchObject({ rows: 512, columns: 512, numberOfFrames: 1, warnings: [] });
      expect(description.frames).toHaveLength(1);
    }
  });

  test('its four uncompressed forms have the same pixels', async () => {
    const files = corpusFiles('dicom/one-ct-fifteen-syntaxes').filter((file) => /LittleEndian|BigEndian/.test(file));
    const [first, ...others] = await Promise.all(files.map((file) => pixelsOf(readFileSync(file))));
    expect(others).toHaveLength(3);
    for (const other of others) expect(first && other.equals(first)).toBe(true);
  });

  test.each([
    ['chrH31.dcm', { Alphabetic: 'Yamada^Tarou', Ideographic: '山田^太郎', Phonetic: 'やまだ^たろう' }],
    ['chrI2.dcm', { Alphabetic: 'Hong^Gildong', Ideographic: '洪^吉洞', Phonetic: '홍^길동' }],
    ['chrX1.dcm', { Alphabetic: 'Wang^XiaoDong', Ideographic: '王^小東' }],
    ['chrX2.dcm', { Alphabetic: 'Wang^XiaoDong', Ideographic: '王^小东' }],
  ])('the name in %s', async (name, expected) => {
    const { attributes } = await describeInstance(bufferSource(read('dicom/character-sets', name)));
    expect(personName(attributes, tags.PatientName)).toEqual(expected);
  });

  test('damaged files', async () => {
    const from = 'dicom/colour-and-frames';
    expect(() => readHeader(read(from, 'no_meta.dcm'), { isComplete: true })).toThrow('dicom-invalid');
    const truncated = await describeInstance(bufferSource(read(from, 'MR_truncated.dcm')));
    expect(truncated.frames).toEqual([]);
    expect(truncated.warnings.map(({ code }) => code)).toContain('pixel-data-truncated');
    const badCount = await describeInstance(bufferSource(read(from, 'badVR.dcm')));
    expect(badCount.warnings).toContainEqual({ code: 'value-unreadable', tag: '00280008' });
  });

  test('frames of multi-frame objects', async () => {
    const counts = async (under: string, name: string) => {
      const { frames, warnings } = await describeInstance(bufferSource(read(under, name)));
      return [frames.length, warnings.length];
    };
    expect(await counts('dicom/colour-and-frames', 'examples_ybr_color.dcm')).toEqual([30, 0]);
    expect(await counts('dicom/colour-and-frames', 'SC_rgb_rle_2frame.dcm')).toEqual([2, 0]);
    expect(await counts('slide', 'sm_image_jpegls.dcm')).toEqual([25, 0]);
  });
});
