/** A run of neighbours, the end not included. */
export interface Run {
  readonly from: number;
  readonly to: number;
}

/** The runs of neighbours for which something holds. */
export function runs<T>(list: readonly T[], holds: (item: T) => boolean): Run[] {
  const found: Run[] = [];
  list.forEach((item, i) => {
    if (!holds(item)) return;
    const last = found.at(-1);
    if (last?.to === i) found[found.length - 1] = { from: last.from, to: i + 1 };
    else found.push({ from: i, to: i + 1 });
  });
  return found;
}
