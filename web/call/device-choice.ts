/** A device as the browser lists it, without what a page has no use for. */
export interface DeviceEntry {
  id: string;
  label: string;
}
export type Use = 'microphone' | 'camera' | 'examination' | 'loudspeaker';

/** What was chosen on this machine. The label finds a device again whose id the browser has made anew. */
export type Remembered = Partial<Record<Use, DeviceEntry>>;

/** Back cameras of phones and tablets, in the languages of the browsers they come with. */
const isBack = ({ label }: DeviceEntry): boolean => /back|rear|environment|后|後|背面/i.test(label);

/**
 * Which device a use gets: the one remembered, by id or else by name; without one the examination camera takes a back
 * camera, or one that the face is not on.
 * @param found what is plugged in now, for this use
 * @param taken ids that are in use elsewhere or have just failed
 */
export function pickDevice(
  use: Use,
  found: readonly DeviceEntry[],
  remembered: DeviceEntry | undefined,
  taken: readonly string[] = [],
): DeviceEntry | undefined {
  const free = found.filter(({ id }) => !taken.includes(id));
  const known =
    free.find(({ id }) => id === remembered?.id) ?? free.find(({ label }) => label && label === remembered?.label);
  if (known) return known;
  if (use === 'examination') return free.find(isBack) ?? free.at(-1);
  if (use === 'camera') return free.find((device) => !isBack(device)) ?? free[0];
  return free[0];
}

/**
 * The loudspeaker that plays: the one remembered, by id or else by name; the usual one (undefined) where none was chosen or
 * it is pulled out. A browser that does not list its loudspeakers yet is believed.
 */
export function pickLoudspeaker(
  found: readonly DeviceEntry[],
  remembered: DeviceEntry | undefined,
): DeviceEntry | undefined {
  if (!remembered || found.length === 0) return remembered;
  return (
    found.find(({ id }) => id === remembered.id) ??
    found.find(({ label }) => label !== '' && label === remembered.label)
  );
}

/** What getUserMedia and getDisplayMedia fail with, in terms that a person can act on. */
export type DeviceProblem = 'denied' | 'none' | 'busy' | 'insecure' | 'unplugged' | 'failed';

const byName: Record<string, DeviceProblem> = {
  NotAllowedError: 'denied',
  SecurityError: 'denied',
  NotFoundError: 'none',
  OverconstrainedError: 'none',
  NotReadableError: 'busy',
  AbortError: 'busy',
};

export const problemOf = (cause: unknown): DeviceProblem =>
  (cause instanceof Error ? byName[cause.name] : undefined) ?? 'failed';
