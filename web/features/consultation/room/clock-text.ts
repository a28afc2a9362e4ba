const two = (value: number): string => String(value).padStart(2, '0');

/** A span as a clock shows it: 4:05, 1:02:09. @param ms below nothing counts as nothing */
export function clockText(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  const rest = `${hours ? two(minutes % 60) : minutes}:${two(seconds % 60)}`;
  return hours ? `${hours}:${rest}` : rest;
}
