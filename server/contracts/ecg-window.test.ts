import { expect, test } from 'vitest';
import { decodeSamples, encodeHeader, encodeValues, type SamplesHeader } from './ecg-window.ts';

const leads = [
  { code: 'I', derived: false },
  { code: 'III', derived: true },
];
const header: SamplesHeader = {
  ...{ kind: 'window', recording: 0, samplingFrequency: 500, fromMs: 20, valueCount: 3, leads },
};
const bytesOf = (given: SamplesHeader, values: number[][]): ArrayBuffer =>
  Uint8Array.from(
    [encodeHeader(given), ...values.map((lead) => encodeValues(Float32Array.from(lead)))].flatMap((part) => [...part]),
  ).buffer;

test('what was encoded is decoded, samples that are missing included', () => {
  const decoded = decodeSamples(
    bytesOf(header, [
      [1, -2.5, Number.NaN],
      [0, 1000.25, 3],
    ]),
  );
  expect(decoded.header).toEqual(header);
  expect(decoded.values.map((lead) => [...lead])).toEqual([
    [1, -2.5, Number.NaN],
    [0, 1000.25, 3],
  ]);
});

test('bytes that are cut, too many, or something else are refused', () => {
  const whole = bytesOf(header, [
    [1, 2, 3],
    [4, 5, 6],
  ]);
  expect(() => decodeSamples(whole.slice(0, whole.byteLength - 4))).toThrow('malformed-request');
  expect(() =>
    decodeSamples(
      bytesOf(header, [
        [1, 2, 3, 4],
        [4, 5, 6],
      ]),
    ),
  ).toThrow('malformed-request');
  expect(() => decodeSamples(new TextEncoder().encode('<html>not samples</html>').buffer)).toThrow('malformed-request');
  expect(() => decodeSamples(new ArrayBuffer(0))).toThrow('malformed-request');
});
