import { describe, expect, test } from 'vitest';
import type { Trace } from '../../trace.ts';
import { readAecg } from '../aecg/read-aecg.ts';
import { readMuse } from '../muse/read-muse.ts';
import { readPhilips } from '../philips/read-philips.ts';
import { chances, recordedTrace } from './test-kit/recorded-trace.ts';
import { writeAecg } from './test-kit/write-aecg.ts';
import { writeMuse } from './test-kit/write-muse.ts';
import { writePhilips } from './test-kit/write-philips.ts';

const trace = recordedTrace({ seconds: 0.6, medianSeconds: 0.2 });
const annotations = `<component><annotation><code code="MDC_ECG_TIME_PD_PR"/><value xsi:type="PQ" value="0.16" unit="s"/></annotation></component>
<component><annotation><code code="MDC_ECG_WAVC"/><value xsi:type="CE" code="MDC_ECG_WAVC_PWAVE"/><support><supportingROI><component><boundary>
<code code="TIME_RELATIVE"/><value xsi:type="IVL_PQ"><low value="120" unit="ms"/><high value="0.24" unit="s"/></value></boundary></component></supportingROI></support>
</annotation></component>`;
const formats: readonly { name: string; text: string; read: (bytes: Buffer) => Trace }[] = [
  { name: 'aECG', text: writeAecg(trace, { annotations }), read: readAecg },
  { name: 'MUSE', text: writeMuse(trace), read: readMuse },
  { name: 'Philips, XLI', text: writePhilips(trace), read: readPhilips },
  { name: 'Philips, plain', text: writePhilips(trace, { version: '1.03', encoding: 'Base64' }), read: readPhilips },
];

/** Either a trace whose numbers are numbers, or an `ecg-invalid` that names a place. Anything else fails. */
function holds(read: (bytes: Buffer) => Trace, bytes: Buffer, what: string): void {
  let found: Trace;
  try {
    found = read(bytes);
  } catch (error) {
    expect(error, what).toMatchObject({
      code: 'ecg-invalid',
      details: { format: expect.any(String), where: expect.stringMatching(/./), expected: expect.stringMatching(/./) },
    });
    return;
  }
  expect(found.recordings.length, what).toBeGreaterThan(0);
  for (const recording of found.recordings) {
    const numbers = [
      recording.samplingFrequency,
      recording.startMs,
      ...recording.leads.flatMap((lead) => [lead.gain, lead.baseline]),
    ];
    expect(numbers.every(Number.isFinite), what).toBe(true);
    expect(new Set(recording.leads.map((lead) => lead.samples.length)).size, what).toBe(1);
  }
  const said = found.annotations.flatMap(({ atMs, endMs, value }) => [atMs ?? 0, endMs ?? 0, value ?? 0]);
  expect([...said, ...Object.values(found.deviceMeasurements)].every(Number.isFinite), what).toBe(true);
  expect(found.warnings.length, what).toBeLessThanOrEqual(100);
}

const rounds = 80;

describe.each(formats)('$name', ({ text, read }) => {
  const bytes = Buffer.from(text);

  test('bytes flipped', () => {
    for (let seed = 1; seed <= rounds; seed += 1) {
      const chance = chances(seed);
      const forged = Buffer.from(bytes);
      for (let i = 0; i <= chance() * 8; i += 1) {
        const place = Math.floor(chance() * forged.length);
        forged[place] = (forged[place] ?? 0) ^ (1 << Math.floor(chance() * 8));
      }
      holds(read, forged, `seed ${seed}`);
    }
  });

  test('cut anywhere', () => {
    const chance = chances(5);
    for (let i = 0; i < rounds; i += 1) {
      const end = Math.floor(chance() * bytes.length);
      expect(() => read(bytes.subarray(0, end)), `cut at ${end}`).toThrowError(
        expect.objectContaining({ code: 'ecg-invalid' }),
      );
    }
  });

  test('numbers forged', () => {
    const forgeries = [
      '',
      '0',
      '-1',
      '1e308',
      'NaN',
      'Infinity',
      '99999999999999999999',
      '2147483648',
      '0.0000001',
      'x',
    ];
    // Samples are covered by the flipped bytes: here it is what is said of them.
    const places = [...text.matchAll(/(?<=[">])-?\d+(?:\.\d+)?(?=["<])/g)].map(
      (one) => [one.index, one[0].length] as const,
    );
    expect(places.length).toBeGreaterThan(10);
    const step = Math.max(1, Math.floor(places.length / 30));
    for (let i = 0; i < places.length; i += step) {
      const [start, length] = places[i] ?? [0, 0];
      for (const forgery of forgeries)
        holds(
          read,
          Buffer.from(text.slice(0, start) + forgery + text.slice(start + length)),
          `${text.slice(start - 60, start)}${forgery}`,
        );
    }
  });

  test('elements and attributes left out, one after the other', () => {
    const tags = [...text.matchAll(/<(\w+)(?: [^<>]*)?\/>|<(\w+)[^<>]*>[^<]{0,40}<\/\2>| \w[\w:]*="[^"]*"/g)];
    const step = Math.max(1, Math.floor(tags.length / 100));
    for (let i = 0; i < tags.length; i += step) {
      const [all = '', start] = [tags[i]?.[0], tags[i]?.index ?? 0];
      holds(read, Buffer.from(text.slice(0, start) + text.slice(start + all.length)), `without ${all.slice(0, 60)}`);
    }
  });

  test('bombs', () => {
    const into = text.indexOf('>', text.indexOf('</')) + 1;
    const inside = (bomb: string) => Buffer.from(text.slice(0, into) + bomb + text.slice(into));
    const entities = `<!DOCTYPE a [${Array.from({ length: 20 }, (_, i) => `<!ENTITY e${i + 1} "&e${i};&e${i};">`).join('')}]>`;
    const bombs = [
      Buffer.from(text.replace(/<\?xml[^>]*>/, entities)),
      inside('&e20;'),
      inside('<b>'.repeat(100_000)),
      inside(`<b c="${'x'.repeat(1_000_000)}"/>`),
      inside(`<b ${Array.from({ length: 10_000 }, (_, i) => `c${i}=""`).join(' ')}/>`),
      inside('<b/>'.repeat(300_000)),
      inside(`<b>${'x'.repeat(1_000_000)}</b>`),
      inside('<!--'),
      inside(`<${'b'.repeat(1_000_000)}/>`),
      inside(`<b ${' '.repeat(1_000_000)}`),
    ];
    for (const [i, bomb] of bombs.entries())
      expect(() => read(bomb), `bomb ${i}`).toThrowError(expect.objectContaining({ code: 'ecg-invalid' }));
  });
});
