export type Heard = 'next' | 'repeat' | 'gap';

/**
 * Follows the numbers of the hub's change events. Numbers rise per hub; a number that leaves some out means that
 * something may have been missed, a smaller one that it was said before (two api processes may overtake one another).
 * What is no number counts as a gap: looking once too often is cheap, and a page that stays wrong is not.
 */
export function followSequence(): { hear(seq: string): Heard; forget(): void } {
  let last: bigint | undefined;
  return {
    hear(seq) {
      if (!/^\d{1,30}$/.test(seq)) return 'gap';
      const now = BigInt(seq);
      const before = last;
      if (before !== undefined && now <= before) return 'repeat';
      last = now;
      return before === undefined || now === before + 1n ? 'next' : 'gap';
    },
    forget() {
      last = undefined;
    },
  };
}
