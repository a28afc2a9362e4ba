/** Time within a recording: `0:07.5`, `1:02:03`. Tenths where the whole is short. */
export function timeText(ms: number, hasTenths = true): string {
  const tenths = Math.max(0, Math.round(ms / 100));
  const seconds = Math.floor(tenths / 10);
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const two = (value: number) => String(value).padStart(2, '0');
  const clock = h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
  return hasTenths ? `${clock}.${tenths % 10}` : clock;
}
