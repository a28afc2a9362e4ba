import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeDataset, encodeDataset } from './dataset.ts';
import { decimalString } from './encode-values.ts';
import type { DicomJson } from './model.ts';
import { explicitLittleEndian, implicitLittleEndian } from './sop-classes.ts';

const syntaxes = [implicitLittleEndian, explicitLittleEndian];

const worklistItem: DicomJson = {
  '00080005': { vr: 'CS', Value: ['ISO_IR 192'] },
  '00080050': { vr: 'SH', Value: ['A000001'] },
  '00081110': { vr: 'SQ' },
  '00100010': { vr: 'PN', Value: [{ Alphabetic: 'Zhang^San', Ideographic: '张^三' }] },
  '00100020': { vr: 'LO', Value: ['P1'] },
  '00100030': { vr: 'DA' },
  '00101030': { vr: 'DS', Value: [61.5] },
  '0020000D': { vr: 'UI', Value: ['1.2.3'] },
  '00280120': { vr: 'US', Value: [65535] },
  '00400100': {
    vr: 'SQ',
    Value: [
      {
        '00400001': { vr: 'AE', Value: ['T01_DR'] },
        '00400008': { vr: 'SQ', Value: [{ '00080104': { vr: 'LO', Value: ['胸部正位', null, 'x'] } }, {}] },
      },
    ],
  },
};

function detailsOf(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    return (error as { details?: unknown }).details;
  }
  return undefined;
}

describe('encodeDataset and decodeDataset', () => {
  test.each(syntaxes)('what is written is read, in %s', (syntax) => {
    for (const sequenceLength of ['defined', 'undefined'] as const) {
      const bytes = encodeDataset(worklistItem, syntax, undefined, { sequenceLength });
      expect(bytes.length % 2).toBe(0);
      expect(decodeDataset(bytes, syntax)).toEqual(worklistItem);
    }
  });

  test.each(['GB18030', 'GBK', 'ISO 2022 IR 58'])('in the character set of the other side: %s', (charset) => {
    const terms = charset.startsWith('ISO 2022') ? ['', charset] : [charset];
    const json = decodeDataset(encodeDataset(worklistItem, implicitLittleEndian, terms), implicitLittleEndian);
    expect(json['00100010']).toEqual(worklistItem['00100010']);
    expect(json['00400100']).toEqual(worklistItem['00400100']);
    expect(json['00080005']?.Value).toEqual(terms.map((term) => term || null));
  });

  test('text is never written without its character set', () => {
    const bytes = encodeDataset({ '00100010': { vr: 'PN', Value: [{ Alphabetic: '张三' }] } }, explicitLittleEndian);
    expect(decodeDataset(bytes, explicitLittleEndian)['00080005']?.Value).toEqual(['ISO_IR 192']);
    const noText = encodeDataset({ '0020000D': { vr: 'UI', Value: ['1.2'] } }, explicitLittleEndian);
    expect(noText.toString('hex')).toBe('20000d0055490400312e3200');
  });

  test('numbers, tags and binary of every width', () => {
    const json: DicomJson = {
      '00091001': { vr: 'FD', Value: [1.25, 'NaN', 'inf', '-inf'] },
      '00091002': { vr: 'FL', Value: [0.5] },
      '00091003': { vr: 'SL', Value: [-70_000] },
      '00091004': { vr: 'SS', Value: [-1, 2] },
      '00091005': { vr: 'UV', Value: [7, '18446744073709551615'] },
      '00091006': { vr: 'SV', Value: [-7] },
      '00091007': { vr: 'AT', Value: ['00100010', '7FE00010'] },
      '00091008': { vr: 'OB', InlineBinary: 'AQID' },
      '00091009': { vr: 'IS', Value: [-12, 'x'] },
    };
    const back = decodeDataset(encodeDataset(json, explicitLittleEndian), explicitLittleEndian);
    expect(back).toEqual({ ...json, '00091008': { vr: 'OB', InlineBinary: 'AQIDAA==' } });
  });

  test('implicit VR knows the sign of pixel values from the pixels', () => {
    const json = (value: number): DicomJson => ({
      '00280103': { vr: 'US', Value: [1] },
      '00280120': { vr: 'SS', Value: [value] },
    });
    expect(decodeDataset(encodeDataset(json(-2000), implicitLittleEndian), implicitLittleEndian)).toEqual(json(-2000));
  });

  test('a text too long for its header becomes UN and is read as what it was', () => {
    const long = {
      '00081030': { vr: 'UC', Value: ['a'.repeat(70_000)] },
      '00200032': { vr: 'DS', Value: Array(40_000).fill(1) },
    };
    const back = decodeDataset(encodeDataset(long, explicitLittleEndian), explicitLittleEndian);
    expect(back['00200032']).toEqual(long['00200032']);
  });

  test('a standard element that a forwarder wrote as UN', () => {
    const name = Buffer.from('张三', 'utf8');
    const header = Buffer.from([0x10, 0, 0x10, 0, 0x55, 0x4e, 0, 0, name.length, 0, 0, 0]);
    const charset = encodeDataset({ '00080005': { vr: 'CS', Value: ['ISO_IR 192'] } }, explicitLittleEndian);
    const json = decodeDataset(Buffer.concat([charset, header, name]), explicitLittleEndian);
    expect(json['00100010']).toEqual({ vr: 'PN', Value: [{ Alphabetic: '张三' }] });
  });

  test('DS keeps as many digits as 16 characters hold', () => {
    expect(decimalString(0.1)).toBe('0.1');
    expect(decimalString(Math.PI * 1e6)).toBe('3141592.65358979');
    expect(decimalString(-1 / 3)).toBe('-0.3333333333333');
    expect(decimalString(-1.23456789012345e-120).length).toBeLessThanOrEqual(16);
    fc.assert(
      fc.property(fc.double({ noNaN: true, min: -1e300, max: 1e300 }), (value) => {
        const text = decimalString(value);
        expect(text.length).toBeLessThanOrEqual(16);
        if (value !== 0) expect(Math.abs(Number(text) / value - 1)).toBeLessThan(1e-7);
      }),
      { seed: 11, numRuns: 500 },
    );
  });
});

describe('what is refused', () => {
  test.each<[string, DicomJson, string]>([
    ['an SH above 16 characters', { '00080050': { vr: 'SH', Value: ['A'.repeat(17)] } }, '00080050'],
    ['a fraction as IS', { '00200013': { vr: 'IS', Value: [1.5] } }, '00200013'],
    ['a number out of range', { '00280010': { vr: 'US', Value: [70_000] } }, '00280010'],
    ['text as a number', { '00280010': { vr: 'US', Value: ['x'] } }, '00280010'],
    ['bulk data', { '7FE00010': { vr: 'OW', BulkDataURI: 'bulk/7FE00010' } }, '7FE00010'],
    ['no representation', { '00100010': { vr: '??' } }, '00100010'],
    ['items that are none', { '00081110': { vr: 'SQ', Value: ['x'] } }, '00081110'],
  ])('%s', (_, json, tag) => {
    expect(detailsOf(() => encodeDataset(json, explicitLittleEndian))).toMatchObject({ tag });
  });

  test('sequences that are too deep, elements that are too many', () => {
    let json: DicomJson = { '00080104': { vr: 'LO', Value: ['x'] } };
    for (let level = 0; level < 30; level += 1) json = { '00081110': { vr: 'SQ', Value: [json] } };
    const bytes = encodeDataset(json, explicitLittleEndian);
    expect(decodeDataset(bytes, explicitLittleEndian)['00081110']?.vr).toBe('SQ');
    expect(detailsOf(() => decodeDataset(bytes, explicitLittleEndian, { maxDepth: 20 }))).toMatchObject({
      found: 'deeper',
    });
    expect(detailsOf(() => decodeDataset(bytes, explicitLittleEndian, { maxElements: 20 }))).toMatchObject({
      found: 'more',
    });
  });

  test('a length beyond the end', () => {
    const bytes = encodeDataset(worklistItem, explicitLittleEndian);
    expect(detailsOf(() => decodeDataset(bytes.subarray(0, bytes.length - 3), explicitLittleEndian))).toMatchObject({
      tag: '00400100',
    });
  });
});
