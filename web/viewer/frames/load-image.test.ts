import { expect, test } from 'vitest';
import type { DecodedPicture, DecodeRequest } from '../decode/picture-types.ts';
import { ViewerProblem } from '../problem.ts';
import type { LutSource } from '../source/study-model.ts';
import type { StudySource } from '../source/study-source.ts';
import { pixelFormat, viewerImage } from '../test-kit/formats.ts';
import { loadImage, loadOverlays } from './load-image.ts';

const never = new AbortController().signal;
const picture: DecodedPicture = {
  kind: 'grey',
  values: Uint8Array.from([0, 255]),
  min: 0,
  max: 255,
  columns: 2,
  rows: 1,
  transferSyntaxUid: '',
  isLossy: false,
  warnings: [],
};

function deps(decode: (request: DecodeRequest) => DecodedPicture, syntax = '1.2.840.10008.1.2.4.80') {
  const asked: string[] = [];
  const source: StudySource = {
    load: () => Promise.reject(new Error('not asked for')),
    frame: async () => ({ bytes: new ArrayBuffer(4), transferSyntaxUid: syntax, contentType: '' }),
    bulk: async (uri) => {
      asked.push(uri);
      return Uint8Array.from([0, 1, 255, 2]).buffer;
    },
  };
  return { asked, source, pool: { decode: async (request: DecodeRequest) => decode(request) } };
}

const lut = (uri: string): LutSource => ({ entries: 2, first: 3, bits: 16, data: { uri }, explanation: 'x' });

test('a frame comes with the tables it cannot be shown without', async () => {
  const { asked, ...rest } = deps(() => picture);
  const image = viewerImage('s', 1, { voiLuts: [lut('voi')], modalityLut: lut('modality') });
  const loaded = await loadImage(rest, image, never);
  expect(asked.sort()).toEqual(['modality', 'voi']);
  expect(loaded.modality).toMatchObject({ kind: 'table', table: { first: 3, values: Uint16Array.from([256, 767]) } });
  expect(loaded.fileVois.map(({ explanation }) => explanation)).toEqual(['x']);
});

test('a palette reaches the decoder', async () => {
  let seen: DecodeRequest | undefined;
  const { source, pool } = deps((request) => {
    seen = request;
    return picture;
  });
  const format = pixelFormat({ photometricInterpretation: 'PALETTE COLOR' });
  const palette = { red: lut('r'), green: lut('g'), blue: lut('b') };
  await loadImage({ source, pool }, viewerImage('s', 1, { format, palette }), never);
  expect(seen?.palette).toMatchObject({ first: 3, red: Uint8Array.from([1, 2]) });
});

test('what cannot be decoded is told with the syntax it is stored in', async () => {
  const { source, pool } = deps(() => {
    throw new ViewerProblem('truncated', { expected: 9, found: 4 });
  });
  await expect(loadImage({ source, pool }, viewerImage('s', 1), never)).rejects.toMatchObject({
    code: 'truncated',
    details: { expected: 9, found: 4, stored: 'JPEG-LS lossless' },
  });
});

test('a server that does not say the syntax leaves it to the metadata', async () => {
  let syntax = '';
  const { source, pool } = deps((request) => {
    syntax = request.transferSyntaxUid;
    return picture;
  }, '');
  await loadImage({ source, pool }, viewerImage('s', 1), never);
  expect(syntax).toBe('1.2.840.10008.1.2.1');
});

test('overlays become bits, those that are too short are left out', async () => {
  const { source } = deps(() => picture);
  const overlay = (rows: number) => ({
    rows,
    columns: 3,
    origin: [2, 5] as const,
    data: { inline: Uint8Array.from([0b101]) },
  });
  const planes = await loadOverlays(source, viewerImage('s', 1, { overlays: [overlay(1), overlay(100)] }), never);
  expect(planes).toEqual([{ rows: 1, columns: 3, left: 4, top: 1, bits: Uint8Array.from([1, 0, 1]) }]);
});
