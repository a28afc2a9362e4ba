import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { bufferSource } from '@lianzhen/dicom/byte-source.ts';
import { describeInstance } from '@lianzhen/dicom/describe-instance.ts';
import { renderExplicitLittleEndian } from '@lianzhen/dicom/rendition.ts';
import { explicitLittleEndian, transferSyntaxes } from '@lianzhen/dicom/sop-classes.ts';
import { decode as decodePng } from 'fast-png';
import { expect, test } from 'vitest';
import { corpusFiles } from '../../../../tests/corpus.ts';
import { pictureFormat } from './picture-format.ts';
import { renderFrame } from './render-frame.ts';

/** A file's first frame as the hub would draw it. */
async function drawn(path: string, window: { center: number; width: number; shape: 'LINEAR' } | null = null) {
  const file = readFileSync(path);
  const described = await describeInstance(bufferSource(file));
  const parts: Buffer[] = [];
  if (described.rendition === 'explicit-little-endian')
    await renderExplicitLittleEndian(bufferSource(file), {
      write: async (bytes) => void parts.push(Buffer.from(bytes)),
    });
  const stored = parts.length > 0 ? Buffer.concat(parts) : file;
  const bytes = Buffer.concat(
    (described.frames[0] ?? []).map(([offset, length]) => stored.subarray(offset, offset + length)),
  );
  const { bulk } = described;
  const format = await pictureFormat(described.attributes, 1, async (tag) => {
    const found = bulk[tag];
    return found && stored.subarray(found.offset, found.offset + found.length);
  });
  const isNative = parts.length > 0 || transferSyntaxes.get(described.transferSyntaxUid)?.codec === 'none';
  const transferSyntaxUid = isNative ? explicitLittleEndian : described.transferSyntaxUid;
  const wish = { type: 'image/png', quality: 90, viewport: null, window } as const;
  return decodePng(await renderFrame({ bytes: new Uint8Array(bytes), transferSyntaxUid, format, wish }));
}

const ct = corpusFiles('dicom/one-ct-fifteen-syntaxes');
const abdomen = { center: 40, width: 400, shape: 'LINEAR' } as const;
/** Grey levels of 256 by which a lossy stream may differ in this window, as it was made. */
const lossy: Record<string, number> = { '50': 45, '51': 18, '53': 18, '55': 18, '81': 2, '91': 5 };

test.skipIf(ct.length === 0)('one CT slice in fifteen transfer syntaxes is the same picture', async () => {
  const truth = await drawn(ct.find((path) => path.endsWith('original.dcm')) ?? '', abdomen);
  const told: Record<string, number | string> = {};
  for (const path of ct) {
    const syntax = /_1\.2\.840\.10008\.1\.2([0-9.]*)\.dcm$/.exec(path)?.[1];
    if (syntax === undefined) continue;
    const suffix = syntax.split('.').at(-1) ?? '';
    told[syntax] = await drawn(path, abdomen).then(
      ({ data }) => {
        const error = Array.from(data).reduce(
          (worst, value, i) => Math.max(worst, Math.abs(value - (truth.data[i] as number))),
          0,
        );
        return error <= (lossy[suffix] ?? 0) ? 'same' : error;
      },
      ({ code, details }) => `${code}: ${details.reason}`,
    );
  }
  const expected = Object.fromEntries(Object.keys(told).map((syntax) => [syntax, 'same']));
  expect(told).toEqual(expected);
  expect(Object.keys(told)).toHaveLength(15);
});

const others = corpusFiles('dicom/colour-and-frames');
test.skipIf(others.length === 0)('colour, palettes and other devices', async () => {
  const sizes: Record<string, unknown> = {};
  for (const path of others)
    sizes[basename(path, '.dcm')] = await drawn(path).then(
      ({ channels, data }) => [channels, new Set(data).size > 3],
      ({ code }) => code,
    );
  expect(sizes).toMatchObject({
    examples_rgb_color: [3, true],
    examples_ybr_color: [3, true],
    examples_palette: [3, true],
    examples_jpeg2k: [3, true],
    'ultrasound-ybr-full-422': [3, true],
    SC_rgb_rle_2frame: [3, true],
    CT_small: [1, true],
    MR_small: [1, true],
    dx_image: [1, true],
    MR_truncated: 'dicom-invalid',
  });
});
