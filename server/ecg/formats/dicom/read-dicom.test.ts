import { HubError } from '@lianzhen/contracts/errors.ts';
import {
  deflatedExplicitLittleEndian,
  explicitBigEndian,
  explicitLittleEndian,
  implicitLittleEndian,
} from '@lianzhen/dicom/sop-classes.ts';
import { tags } from '@lianzhen/dicom/tags.ts';
import { describe, expect, test } from 'vitest';
import { attribute } from './dicom-values.ts';
import { looksLikeDicom, readDicom } from './read-dicom.ts';
import { sampleBytes, type TestChannel, waveformFile } from './test-kit/waveform-file.ts';
import { wave } from './waveform-tags.ts';

const lead = (number: number, samples: readonly number[], more: Partial<TestChannel> = {}): TestChannel => ({
  source: [`2:${number}`, 'MDC', 'Lead'],
  samples,
  ...more,
});
const leadsOf = (bytes: Buffer) => readDicom(bytes).recordings[0]?.leads ?? [];
const many = (from: number) => Array.from({ length: 3000 }, (_, at) => from + at);

function refusal(read: () => unknown): unknown {
  try {
    read();
  } catch (error) {
    if (error instanceof HubError && error.code === 'ecg-invalid') return error.details;
    throw error;
  }
  return undefined;
}

describe('samples', () => {
  test.each([explicitLittleEndian, implicitLittleEndian, explicitBigEndian, deflatedExplicitLittleEndian])(
    'are the same in transfer syntax %s, few or many',
    (transferSyntaxUid) => {
      for (const [one, two] of [
        [
          [1, -2, 300],
          [-32768, 32767, 0],
        ],
        [many(-1500), many(77)],
      ] as const) {
        const [first, second] = leadsOf(
          waveformFile({ transferSyntaxUid, groups: [{ channels: [lead(1, one), lead(2, two)] }] }),
        );
        expect([...(first?.samples ?? [])]).toEqual(one);
        expect([...(second?.samples ?? [])]).toEqual(two);
      }
    },
  );

  test.each([
    ['SB', [-128, 0, 127]],
    ['UB', [0, 128, 255]],
    ['SS', [-32768, 0, 32767]],
    ['US', [0, 32768, 65535]],
    ['SL', [-(2 ** 31), 70_000, 2 ** 31 - 1]],
  ])('of %s are as stored', (interpretation, samples) => {
    const syntaxes = interpretation === 'SL' ? [implicitLittleEndian] : [implicitLittleEndian, explicitBigEndian];
    for (const transferSyntaxUid of syntaxes) {
      const file = waveformFile({ transferSyntaxUid, groups: [{ interpretation, channels: [lead(1, samples)] }] });
      expect([...(leadsOf(file)[0]?.samples ?? [])]).toEqual(samples);
    }
  });

  test('of UL stand 2^31 lower, and their baseline says so', () => {
    const file = waveformFile({ groups: [{ interpretation: 'UL', channels: [lead(1, [0, 2 ** 31, 2 ** 32 - 1])] }] });
    const [one] = leadsOf(file);
    const microvolts = [...(one?.samples ?? [])].map((value) => value * (one?.gain ?? 0) + (one?.baseline ?? 0));
    expect(microvolts).toEqual([0, 5 * 2 ** 31, 5 * (2 ** 32 - 1)]);
  });
});

test('sensitivity, correction, unit and baseline become gain and baseline in microvolts', () => {
  const attributes = {
    [wave.ChannelSensitivity]: attribute('DS', 0.002),
    [wave.ChannelSensitivityCorrectionFactor]: attribute('DS', 1.25),
    [wave.ChannelBaseline]: attribute('DS', -0.5),
    [wave.FilterLowFrequency]: attribute('DS', 0.05),
    [wave.FilterHighFrequency]: attribute('DS', 150),
    [wave.NotchFilterFrequency]: attribute('DS', 0),
  };
  const [one] = leadsOf(waveformFile({ groups: [{ channels: [lead(3, [1], { unit: 'mV', attributes })] }] }));
  expect(one).toMatchObject({
    code: 'V1',
    gain: 2.5,
    baseline: -500,
    filter: { highPassHz: 0.05, lowPassHz: 150, notchHz: null },
  });
});

test('leads are known by any of their codes, their meaning or their label', () => {
  const sources: [string, string, string][] = [
    ['2:1', 'MDC', 'x'],
    ['5.6.3-9-61', 'SCPECG', 'x'],
    ['131134', 'MDC', 'x'],
    ['MDC_ECG_LEAD_V4R', 'MDC', 'x'],
    ['?', '99X', 'aVF, augmented voltage, foot'],
    ['?', '99X', 'Lead II (Einthoven)'],
    ['2:113', 'MDC', 'Derived Lead aVL'],
    ['?', '99X', 'Ohr'],
  ];
  const { recordings, warnings } = readDicom(
    waveformFile({ groups: [{ channels: sources.map((source) => ({ source, samples: [1] })) }] }),
  );
  const leads = recordings[0]?.leads ?? [];
  expect(leads.map(({ code }) => code)).toEqual(['I', 'III', 'aVR', 'V4R', 'aVF', 'II', 'aVL', 'Ohr']);
  expect(leads.filter(({ derived }) => derived).map(({ code }) => code)).toEqual(['aVL']);
  expect(warnings).toEqual([{ code: 'lead-unknown', where: 'group 1 channel 8', detail: 'Ohr' }]);
});

test('two channels of one name are two leads of two names', () => {
  const file = waveformFile({ groups: [{ channels: [lead(1, [1]), lead(1, [2])] }] });
  expect(leadsOf(file).map(({ code }) => code)).toEqual(['I', 'I#1.2']);
});

test('a channel that is no voltage is left out with a warning', () => {
  const { recordings, warnings } = readDicom(
    waveformFile({ groups: [{ channels: [lead(1, [1]), lead(2, [2], { unit: 'mm[Hg]' })] }] }),
  );
  expect(recordings[0]?.leads.map(({ code }) => code)).toEqual(['I']);
  expect(warnings).toEqual([{ code: 'section-skipped', where: 'group 1 channel 2', detail: 'unit mm[Hg]' }]);
});

test('where nothing was recorded nothing is there', () => {
  const none = -32768;
  const padding = { [wave.WaveformPaddingValue]: sampleBytes('SS', [none]) };
  const channels = [
    lead(1, [1, 2, 3, 4]),
    lead(2, [none, none, 7, 8]),
    lead(3, [5, none, none, 6]),
    lead(4, Array(4).fill(none)),
  ];
  const { recordings, warnings } = readDicom(waveformFile({ groups: [{ channels, attributes: padding }] }));
  const told = recordings.map(({ startMs, leads }) => [
    startMs,
    leads.map(({ code, samples }) => [code, [...samples]]),
  ]);
  expect(told).toEqual([
    [0, [['I', [1, 2, 3, 4]]]],
    [0, [['V1', [5]]]],
    [4, [['II', [7, 8]]]],
    [6, [['V1', [6]]]],
  ]);
  expect(warnings.map(({ code, where }) => `${code} ${where}`)).toEqual([
    'samples-missing group 1 II',
    'samples-missing group 1 V1',
    'lead-missing group 1 V2',
  ]);
});

test('offsets and skews say when a recording begins; less than a sample is no other beginning', () => {
  const skew = (tag: string, value: number) => ({ attributes: { [tag]: attribute('DS', value) } });
  const channels = [
    lead(1, [1], skew(wave.ChannelSampleSkew, 0)),
    lead(2, [2], skew(wave.ChannelSampleSkew, 0.4)),
    lead(3, [3], skew(wave.ChannelTimeSkew, 2.5)),
  ];
  const attributes = { [wave.MultiplexGroupTimeOffset]: attribute('DS', 10) };
  const { recordings } = readDicom(waveformFile({ groups: [{ channels, attributes }] }));
  expect(recordings.map(({ startMs, leads }) => [startMs, leads.map(({ code }) => code)])).toEqual([
    [10, ['I', 'II']],
    [2510, ['V1']],
  ]);
});

test('the rhythm comes first and a median beat is known by its label', () => {
  const median = {
    [wave.MultiplexGroupLabel]: attribute('SH', 'MEDIAN BEAT'),
    [wave.WaveformOriginality]: attribute('CS', 'DERIVED'),
  };
  const derived = { [wave.WaveformOriginality]: attribute('CS', 'DERIVED') };
  const channels = [lead(1, [1])];
  const { recordings } = readDicom(
    waveformFile({ groups: [{ channels, attributes: median }, { channels, attributes: derived }, { channels }] }),
  );
  expect(recordings.map(({ kind }) => kind)).toEqual(['rhythm', 'derived', 'median']);
});

test('patient, device and time are what the file says, in its character set and zone', () => {
  const attributes = {
    [tags.SpecificCharacterSet]: attribute('CS', 'GB18030'),
    [tags.PatientName]: { vr: 'PN', Value: [{ Alphabetic: 'Zhang^San', Ideographic: '张^三' }] },
    [tags.PatientID]: attribute('LO', 'P-1'),
    [tags.PatientSex]: attribute('CS', 'F'),
    [tags.PatientBirthDate]: attribute('DA', '19600101'),
    [tags.TimezoneOffsetFromUTC]: attribute('SH', '+0800'),
    [tags.AccessionNumber]: attribute('SH', 'A1'),
    [tags.Manufacturer]: attribute('LO', '理邦'),
  };
  const trace = readDicom(waveformFile({ attributes, groups: [{ channels: [lead(1, [1])] }] }));
  expect(trace).toMatchObject({
    acquiredAt: '2026-03-01T08:15:30.250+08:00',
    patient: { id: 'P-1', name: '张^三', sex: 'F', birthDate: '19600101' },
    accessionNumber: 'A1',
    device: { manufacturer: '理邦', model: null },
    warnings: [],
  });
});

describe('what contradicts itself is refused, by name', () => {
  const channels = [lead(1, [1, 2]), lead(2, [3, 4])];
  const without = (tag: string) => [lead(1, [1], { attributes: { [tag]: { vr: 'SQ' } } })];
  test.each([
    ['another class', { sopClassUid: '1.2.840.10008.5.1.4.1.1.9.2.1' }, '(0008,0016)', 'Hemodynamic Waveform Storage'],
    ['sound', { groups: [{ channels, interpretation: 'MB', bits: 8 }] }, 'group 1 (5400,1006)', 'MB'],
    [
      'order of bytes',
      { transferSyntaxUid: explicitBigEndian, groups: [{ channels, interpretation: 'SL' }] },
      'group 1 (5400,1010)',
      'big endian',
    ],
    ['bits', { groups: [{ channels, bits: 32 }] }, 'group 1 (5400,1004)', '32'],
    ['rate', { groups: [{ channels, rate: 0 }] }, 'group 1 (003A,001A)', '0'],
    [
      'channels',
      { groups: [{ channels, attributes: { [wave.NumberOfWaveformChannels]: attribute('US', 3) } }] },
      'group 1 (003A,0200)',
      '2',
    ],
    [
      'samples',
      { groups: [{ channels, attributes: { [wave.NumberOfWaveformSamples]: attribute('UL', 3) } }] },
      'group 1 (5400,1010)',
      '8 bytes',
    ],
    [
      'no unit',
      { groups: [{ channels: without(wave.ChannelSensitivityUnitsSequence) }] },
      'group 1 channel 1 (003A,0211)',
      'none',
    ],
    [
      'no sensitivity',
      { groups: [{ channels: without(wave.ChannelSensitivity) }] },
      'group 1 channel 1 (003A,0210)',
      'none',
    ],
    ['no group', { groups: [] }, 'dataset (5400,0100)', '0'],
  ])('%s', (_name, waveform, where, found) => {
    const file = waveformFile({ groups: [{ channels }], ...waveform });
    expect(refusal(() => readDicom(file))).toMatchObject({ format: 'dicom', where, found });
  });

  test('a file that ends too early names tag and offset', () => {
    const file = waveformFile({ groups: [{ channels: [lead(1, many(0))] }] });
    const details = refusal(() => readDicom(file.subarray(0, file.length - 100)));
    expect(details).toMatchObject({ format: 'dicom', where: '(5400,0100)', offset: expect.any(Number) });
  });
});

test('only DICOM looks like DICOM', () => {
  const file = waveformFile({ groups: [{ channels: [lead(1, [1])] }] });
  expect([file, file.subarray(128), file.subarray(132)].map(looksLikeDicom)).toEqual([true, true, true]);
  expect([Buffer.alloc(0), Buffer.alloc(500), Buffer.from('<?xml?>'.repeat(50))].map(looksLikeDicom)).toEqual([
    false,
    false,
    false,
  ]);
});
