/**
 * Tells the second half of a double click from a press of its own: it asks for the same while the first is on its way. A
 * button shows that it is busy only with the next picture, which a slow machine paints after the second click.
 */
export function pressOnce() {
  const underWay = new Set<string>();
  return {
    /** @returns whether this press counts */
    begin(input: unknown): boolean {
      const name = nameOf(input);
      if (underWay.has(name)) return false;
      underWay.add(name);
      return true;
    },
    end: (input: unknown): void => void underWay.delete(nameOf(input)),
  };
}

const nameOf = (input: unknown): string => JSON.stringify(input) ?? '';
