import { type DeviceNumber, deviceNumber } from '../xml/device-numbers.ts';
import { numeric } from '../xml/find.ts';
import type { XmlElement } from '../xml/parse-xml.ts';
import { unitsPerSecond } from './aecg-time.ts';

/** MDC codes of ISO 11073-10102 for global measurements, and what we call them. Durations in ms, axes in degrees, the rate in bpm. */
const names: readonly (readonly [code: RegExp, name: DeviceNumber])[] = [
  [/^MDC_ECG_HEART_RATE$/i, 'heartRate'],
  [/^MDC_ECG_TIME_PD_RR$/i, 'rr'],
  [/^MDC_ECG_TIME_PD_P$/i, 'pDuration'],
  [/^MDC_ECG_TIME_PD_P[RQ]$/i, 'pr'],
  [/^MDC_ECG_TIME_PD_QRS$/i, 'qrs'],
  [/^MDC_ECG_TIME_PD_QT$/i, 'qt'],
  [/^MDC_ECG_TIME_PD_QTC$/i, 'qtc'],
  [/^MDC_ECG_ANGLE_P_FRONT$/i, 'pAxis'],
  [/^MDC_ECG_ANGLE_QRS_FRONT$/i, 'qrsAxis'],
  [/^MDC_ECG_ANGLE_T_FRONT$/i, 'tAxis'],
];

const rateUnits = ['bpm', '/min', '1/min', '{beats}/min', '{H.B.}/min', 'min-1'];

function inOurUnit(name: string, value: number, unit: string): number | undefined {
  if (name === 'heartRate') return rateUnits.includes(unit) ? value : undefined;
  if (name.endsWith('Axis')) return unit === 'deg' ? value : undefined;
  const inSecond = unitsPerSecond(unit);
  return inSecond === undefined ? undefined : Math.round((value / inSecond) * 1e6) / 1e3;
}

/** Our name and number of a physical quantity under an MDC code; undefined for another code, another kind of unit, no number. */
export function measurementOf(
  code: string,
  value: XmlElement | undefined,
): { name: DeviceNumber; value: number } | undefined {
  const name = names.find(([pattern]) => pattern.test(code))?.[1];
  const number = numeric(value?.attributes.get('value'));
  if (name === undefined || number === undefined) return undefined;
  const converted = deviceNumber(name, inOurUnit(name, number, value?.attributes.get('unit')?.trim() ?? ''));
  return converted === undefined ? undefined : { name, value: converted };
}
