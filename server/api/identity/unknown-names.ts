import { lockUntil } from './lock-until.ts';

const remembered = 10_000;

/**
 * Names that no account has, locked out like names that one has: otherwise the sixth guess would tell them apart. Kept in
 * this process alone and bounded, for nothing hangs on them but that answer.
 */
export class UnknownNames {
  readonly #byName = new Map<string, { failures: number; lockedUntil: Date | null }>();

  lockedUntil(name: string): Date | null {
    return this.#byName.get(name)?.lockedUntil ?? null;
  }

  count(name: string, now: Date): void {
    const failures = (this.#byName.get(name)?.failures ?? 0) + 1;
    // Taken out and put in again: the name that was tried least lately is the first to be forgotten.
    this.#byName.delete(name);
    this.#byName.set(name, { failures, lockedUntil: lockUntil(failures, now) });
    if (this.#byName.size <= remembered) return;
    const [oldest] = this.#byName.keys();
    if (oldest !== undefined) this.#byName.delete(oldest);
  }
}
