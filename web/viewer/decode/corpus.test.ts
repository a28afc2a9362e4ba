/// <reference path="../../../server/dicom/dcmjs-dictionary.d.ts" />
import { readFileSync } from 'node:fs';
import { bufferSource } from '@lianzhen/dicom/byte-source.ts';
import { describeInstance } from '@lianzhen/dicom/describe-instance.ts';
import { renderExplicitLittleEndian } from '@lianzhen/dicom/rendition.ts';
import { expect, test } from 'vitest';
import { corpusFiles } from '../../../tests/corpus.ts';
import { readStudy } from '../source/dicom-json.ts';
import type { ViewerImage } from '../source/study-model.ts';
import { modalityOf, modalityValue } from '../voi/modality.ts';
import { decodeFrame } from './decode-frame.ts';
import { codecLoader } from './load-codec.ts';
import type { DecodedPicture } from './picture-types.ts';

const load = codecLoader({});

/** What the hub would serve of a file: its metadata, and each frame's bytes with their syntax. */
async function served(path: string): Promise<{ image: ViewerImage; bytes: Uint8Array; syntax: string }> {
  const file = readFileSync(path);
  const parts: Buffer[] = [];
  const described = await describeInstance(bufferSource(file));
  const isRendered = described.rendition === 'explicit-little-endian';
  if (isRendered) {
    await renderExplicitLittleEndian(bufferSource(file), {
      write: async (bytes) => void parts.push(Buffer.from(bytes)),
    });
  }
  const stored = isRendered ? Buffer.concat(parts) : file;
  const ranges = described.frames[0] ?? [];
  const bytes = Buffer.concat(ranges.map(([offset, length]) => stored.subarray(offset, offset + length)));
  const [image] = readStudy([described.attributes], described.studyInstanceUid).series[0]?.images ?? [];
  if (!image) throw new Error(`no image in ${path}`);
  return { image, bytes, syntax: isRendered ? '1.2.840.10008.1.2.1' : described.transferSyntaxUid };
}

async function decoded(path: string): Promise<{ image: ViewerImage; picture: DecodedPicture }> {
  const { image, bytes, syntax } = await served(path);
  const { format, padding } = image.header;
  const picture = await decodeFrame({ bytes, transferSyntaxUid: syntax, format, padding: padding ?? undefined }, load);
  return { image, picture };
}

/** Modality values of a grey picture, cut where the lossy files were cut when they were made. */
async function units(path: string): Promise<number[]> {
  const { image, picture } = await decoded(path);
  if (picture.kind !== 'grey') throw new Error('not grey');
  const modality = modalityOf(image.header, null);
  return Array.from(picture.values, (stored) => modalityValue(modality, stored));
}

/** Greatest error in Hounsfield units: a rounding for near-lossless, the quantisation of the stream for lossy ones. */
const tolerances: Readonly<Record<string, number>> = {
  '1.2.840.10008.1.2.4.50': 65,
  '1.2.840.10008.1.2.4.51': 36,
  '1.2.840.10008.1.2.4.53': 36,
  '1.2.840.10008.1.2.4.55': 36,
  '1.2.840.10008.1.2.4.81': 1,
  '1.2.840.10008.1.2.4.91': 5,
};

const ct = corpusFiles('dicom/one-ct-fifteen-syntaxes');
const original = ct.find((path) => path.endsWith('original.dcm'));

test.skipIf(!original)(
  'one CT slice in fifteen transfer syntaxes is the same picture',
  { timeout: 60_000 },
  async () => {
    const truth = await units(original as string);
    const errors: Record<string, number> = {};
    for (const path of ct) {
      const syntax = /_([0-9.]+)\.dcm$/.exec(path)?.[1];
      if (!syntax) continue;
      const found = await units(path);
      expect(found.length).toBe(truth.length);
      errors[syntax] = found.reduce((worst, value, i) => Math.max(worst, Math.abs(value - (truth[i] as number))), 0);
    }
    expect(Object.keys(errors)).toHaveLength(15);
    const wrong = Object.entries(errors).filter(([syntax, error]) => error > (tolerances[syntax] ?? 0));
    expect(wrong).toEqual([]);
  },
);

const others = corpusFiles('dicom/colour-and-frames');

test.skipIf(others.length === 0)('colour, palettes and many frames are pictures of the size they say', async () => {
  const names = [
    'examples_rgb_color',
    'examples_ybr_color',
    'examples_jpeg2k',
    'ultrasound-ybr-full-422',
    'SC_rgb_rle_2frame',
  ];
  for (const name of names) {
    const { picture, image } = await decoded(others.find((path) => path.includes(name)) as string);
    expect(picture).toMatchObject({ kind: 'colour', columns: image.header.format.columns, warnings: [] });
  }
});
