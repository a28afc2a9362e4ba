import { drawingKinds, type MeasuredValue, type Measurement } from '../state.ts';
import type { SayText } from '../texts.ts';

const units: Readonly<Record<string, string>> = { mm2: 'mm²', px2: 'px²', deg: '°' };

/** Digits that suit what was measured: a tenth of a millimetre or degree, whole square pixels, values as they vary. */
function digits({ name, value, unit }: MeasuredValue): string {
  const size = Math.abs(value);
  if (unit === 'px2') return value.toFixed(0);
  if (unit === 'mm' || unit === 'deg' || unit === 'px') return value.toFixed(1);
  if (name === 'min' || name === 'max') return Number.isInteger(value) ? String(value) : value.toPrecision(4);
  return size >= 10 || size === 0 ? value.toFixed(1) : value.toPrecision(3);
}

/** Square millimetres become square centimetres where that is easier to read. */
function inReadableUnit(value: MeasuredValue): MeasuredValue {
  return value.unit === 'mm2' && value.value >= 1000 ? { ...value, value: value.value / 100, unit: 'cm²' } : value;
}

/** One value with its unit, such as 12.3 mm or 45.0°. */
export function valueText(value: MeasuredValue): string {
  const readable = inReadableUnit(value);
  const unit = units[readable.unit] ?? readable.unit;
  return `${digits(readable)}${unit === '°' || unit === '' ? '' : ' '}${unit}`;
}

/** The lines beside a measurement: one for a distance or an angle, three for a region, and what the numbers hold for. */
export function measurementLines(
  { kind, values, calibration }: Pick<Measurement, 'kind' | 'values' | 'calibration'>,
  say: SayText,
): string[] {
  if ((drawingKinds as readonly string[]).includes(kind)) return [];
  const named = (value: MeasuredValue) => `${say(`value.${value.name}`)} ${valueText(value)}`;
  const isRegion = kind === 'ellipse' || kind === 'rectangle';
  const lines = isRegion ? inPairs(values.map(named)) : values.map(valueText);
  if (kind !== 'angle' && calibration === 'detector') lines.push(say('atDetector'));
  if (kind !== 'angle' && calibration === 'none') lines.push(say('uncalibrated'));
  return lines;
}

function inPairs(texts: readonly string[]): string[] {
  const lines: string[] = [];
  for (let i = 0; i < texts.length; i += 2) lines.push(texts.slice(i, i + 2).join('  '));
  return lines;
}
