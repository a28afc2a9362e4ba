/** How often each kind of mishap was met, with one example of its words. */
export class Tally {
  readonly #seen = new Map<string, { times: number; example: string }>();

  note(kind: string, words = ''): void {
    const before = this.#seen.get(kind);
    this.#seen.set(kind, { times: (before?.times ?? 0) + 1, example: before?.example || words.slice(0, 200) });
  }

  get kinds(): string[] {
    return [...this.#seen.keys()].sort();
  }

  toString(): string {
    return [...this.#seen]
      .sort()
      .map(([kind, { times, example }]) => `  ${String(times).padStart(4)} x ${kind}${example ? `: ${example}` : ''}`)
      .join('\n');
  }
}
