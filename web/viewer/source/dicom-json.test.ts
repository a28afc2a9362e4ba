import { expect, test } from 'vitest';
import { readStudy } from './dicom-json.ts';

type Values = Record<string, unknown>;

const dataset = (sop: string, values: Values = {}) => {
  const all: Values = {
    '00080018': [sop],
    '0020000E': ['s1'],
    '00080060': ['CT'],
    '00280010': [512],
    '00280011': [512],
    '00280100': [16],
    ...values,
  };
  return Object.fromEntries(Object.entries(all).map(([tag, Value]) => [tag, { vr: 'UN', Value }]));
};

test('instances become series in the order of their numbers', () => {
  const study = readStudy(
    [
      dataset('c', { '0020000E': ['s2'], '00200011': [2] }),
      dataset('b', { '00200011': [1], '00200013': [2] }),
      dataset('a', { '00200011': [1], '00200013': [1] }),
    ],
    '1.2',
  );
  expect(study.series.map((series) => [series.seriesUid, series.images.map(({ ref }) => ref.sopInstanceUid)])).toEqual([
    ['s1', ['a', 'b']],
    ['s2', ['c']],
  ]);
});

test('without instance numbers slices lie in the order of the body', () => {
  const at = (z: number) => ({ '00200032': [0, 0, z], '00200037': [1, 0, 0, 0, 1, 0] });
  const study = readStudy([dataset('a', at(30)), dataset('b', at(10)), dataset('c', at(20))], '1');
  expect(study.series[0]?.images.map(({ ref }) => ref.sopInstanceUid)).toEqual(['b', 'c', 'a']);
});

test('a multi-frame instance is as many images, with what each frame says of itself', () => {
  const spacing = (value: number) => ({ '00289110': { Value: [{ '00280030': { Value: [value, value] } }] } });
  const study = readStudy(
    [
      dataset('m', {
        '00280008': [3],
        '52009229': [{ ...spacing(0.5), '00289145': { Value: [{ '00281053': { Value: [2] } }] } }],
        '52009230': [spacing(0.7), {}],
      }),
    ],
    '1',
  );
  const images = study.series[0]?.images ?? [];
  expect(images.map(({ key }) => key)).toEqual(['m/1', 'm/2', 'm/3']);
  expect(images.map(({ header }) => header.spacing.pixel?.[0])).toEqual([0.7, 0.5, 0.5]);
  expect(images[0]?.header.rescale).toEqual({ slope: 2, intercept: 0, type: '' });
});

test('objects without pixels are counted, not shown', () => {
  const study = readStudy([dataset('a'), dataset('sr', { '00280010': [] })], '1');
  expect({ images: study.series[0]?.images.length, others: study.otherInstances }).toEqual({ images: 1, others: 1 });
  expect(() => readStudy([dataset('sr', { '00280010': [] })], '1')).toThrow(/no-images/);
});

test('nonsense in the metadata is survived', () => {
  const study = readStudy(
    [null, 7, dataset('a', { '00280008': ['1A'], '00281050': ['x', null], '00281051': 'no list', '00100010': [42] })],
    '1',
  );
  const [image] = study.series[0]?.images ?? [];
  expect(image?.header.windows).toEqual([]);
  expect(study.patient.name.alphabetic).toBe('');
  expect(study.series[0]?.images).toHaveLength(1);
});

test('more frames than a page can hold are refused', () => {
  expect(() => readStudy([dataset('a', { '00280008': [1_000_000] })], '1')).toThrow(/too-many-images/);
});

test('the header of a frame: windows, padding, palette, tables, overlays', () => {
  const name = { Alphabetic: 'Wang^XiaoDong', Ideographic: '王^小东', Phonetic: '' };
  const study = readStudy(
    [
      {
        ...dataset('a', {
          '00280103': [1],
          '00280120': [63_536],
          '00281050': [40, '-600'],
          '00281051': [400, 1500],
          '00281055': ['BODY'],
          '00100010': [name],
          '00283010': [{ '00283002': { Value: [0, 65_436, 12] }, '00283006': { InlineBinary: 'AQI=' } }],
          '00281101': [256, 0, 16],
          '00281102': [256, 0, 16],
          '00281103': [256, 0, 16],
        }),
        '00281201': { BulkDataURI: 'bulk/r' },
        '00281202': { BulkDataURI: 'bulk/g' },
        '00281203': { BulkDataURI: 'bulk/b' },
        '60003000': { InlineBinary: 'AA==' },
        '60000010': { Value: [2] },
        '60000011': { Value: [3] },
        '60000050': { Value: [1, 2] },
      },
    ],
    '1',
  );
  const header = study.series[0]?.images[0]?.header;
  expect(study.patient.name).toEqual({ alphabetic: 'Wang XiaoDong', ideographic: '王 小东', phonetic: '' });
  expect(header?.padding).toEqual({ from: -2000, to: -2000 });
  expect(header?.windows).toEqual([
    { center: 40, width: 400, explanation: 'BODY' },
    { center: -600, width: 1500, explanation: '' },
  ]);
  expect(header?.voiLuts[0]).toMatchObject({ entries: 65_536, first: -100, bits: 12 });
  expect(header?.palette?.green.data).toEqual({ uri: 'bulk/g' });
  expect(header?.overlays).toEqual([{ rows: 2, columns: 3, origin: [1, 2], data: { inline: Uint8Array.from([0]) } }]);
});
