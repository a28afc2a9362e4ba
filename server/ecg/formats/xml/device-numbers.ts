/** What the readers name of the recorder's own numbers: bpm, milliseconds, degrees. */
export type DeviceNumber =
  | 'heartRate'
  | 'rr'
  | 'pDuration'
  | 'pr'
  | 'qrs'
  | 'qt'
  | 'qtc'
  | 'pAxis'
  | 'qrsAxis'
  | 'tAxis';

/**
 * A number of the recorder as it may be kept: an axis from -180 to 180 degrees (recorders count to 360), a rate above 0 up to
 * 1000 a minute, a duration above 0 up to 100 seconds. Others are not kept: recorders write 0 and the like for what they could not measure.
 */
export function deviceNumber(name: DeviceNumber, value: number | undefined): number | undefined {
  if (value === undefined || !Number.isFinite(value)) return undefined;
  if (name.endsWith('Axis')) {
    if (Math.abs(value) > 360) return undefined;
    return value > 180 ? value - 360 : value < -180 ? value + 360 : value;
  }
  return value > 0 && value <= (name === 'heartRate' ? 1000 : 100_000) ? value : undefined;
}
