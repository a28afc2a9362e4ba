export interface Standing {
  standing: 'in-force' | 'coming' | 'past' | 'passed-over';
  /** When the next one takes its place. */
  until: Date | null;
}

/**
 * Which of a centre's lists counts: the last that was published of those whose day has come. One that was replaced before
 * its day came is passed over and never counts.
 * @param versions of one centre, in any order
 */
export function standingsOf(
  versions: ReadonlyArray<{ version: number; validFrom: Date }>,
  now: Date,
): Map<number, Standing> {
  const sorted = versions.toSorted((a, b) => a.version - b.version);
  const isPassedOver = ({ version, validFrom }: { version: number; validFrom: Date }) =>
    sorted.some((later) => later.version > version && later.validFrom <= validFrom);
  const counting = sorted.filter((one) => !isPassedOver(one));
  const current = counting.findLast(({ validFrom }) => validFrom <= now);
  return new Map(
    sorted.map((one): [number, Standing] => {
      const place = counting.indexOf(one);
      if (place < 0) return [one.version, { standing: 'passed-over', until: null }];
      const standing = one === current ? 'in-force' : one.validFrom > now ? 'coming' : 'past';
      return [one.version, { standing, until: counting[place + 1]?.validFrom ?? null }];
    }),
  );
}
