import { applyPatch, patchBetween, type SharedView, type ViewPatch } from '@lianzhen/contracts/shared-view.ts';
import { type Allowance, bytesOf, type Clock, leastPauseMs } from './allowance.ts';

export type Wanted = Omit<SharedView, 'revision'>;

interface SenderDeps {
  readonly send: (patch: ViewPatch) => Promise<unknown>;
  /** What the room holds now. */
  readonly held: () => SharedView;
  readonly allowance: Allowance;
  readonly clock: Clock;
}

/** On a link that answers late this many changes are under way; the others wait and become one. */
const mostUnderWay = 6;
const afterFailureMs = 1000;
const restMs = 1000;

/**
 * Tells the room what its leader sees: the latest state only, in patches, within the allowance, and nothing while
 * nothing changes. What the room refused or lost is found by comparing again with what it holds.
 */
export class ViewSender {
  readonly #deps: SenderDeps;
  #wanted: Wanted | null = null;
  /** What the room holds once everything sent has arrived. */
  #base: SharedView;
  #underWay = 0;
  #sentAt = Number.NEGATIVE_INFINITY;
  #cancel: (() => void) | null = null;
  #comparing: (() => void) | null = null;
  #isOpen = true;

  constructor(deps: SenderDeps) {
    this.#deps = deps;
    this.#base = deps.held();
  }

  show(wanted: Wanted): void {
    this.#wanted = wanted;
    this.#pump();
  }

  /** To be called when the room's view has changed: a room that was joined anew may hold an older one. */
  compare(): void {
    this.#comparing ??= this.#deps.clock.after(restMs, () => {
      this.#comparing = null;
      // While something is on its way the room is behind, and what it holds then says nothing.
      if (this.#underWay > 0 || this.#cancel) this.compare();
      else {
        this.#base = this.#deps.held();
        this.#pump();
      }
    });
  }

  close(): void {
    this.#isOpen = false;
    this.#cancel?.();
    this.#cancel = null;
    this.#comparing?.();
    this.#comparing = null;
  }

  #pump(): void {
    if (!this.#isOpen || this.#cancel || !this.#wanted || this.#underWay >= mostUnderWay) return;
    const patch = patchBetween(this.#base, this.#wanted);
    if (!patch) return;
    const { allowance, clock } = this.#deps;
    const bytes = bytesOf({ patch });
    const wait = Math.max(this.#sentAt + leastPauseMs - clock.now(), allowance.waitFor(bytes));
    if (wait > 0) {
      this.#later(wait);
      return;
    }
    allowance.spend(bytes);
    this.#sentAt = clock.now();
    this.#base = applyPatch(this.#base, patch);
    this.#underWay++;
    this.#deps.send(patch).then(
      () => this.#settled(),
      () => this.#failed(),
    );
  }

  #later(ms: number, before?: () => void): void {
    this.#cancel?.();
    this.#cancel = this.#deps.clock.after(ms, () => {
      this.#cancel = null;
      before?.();
      this.#pump();
    });
  }

  #settled(): void {
    this.#underWay--;
    this.#pump();
  }

  /** The caller closes this one when somebody else leads; a lost link is tried again against what the room then holds. */
  #failed(): void {
    this.#underWay--;
    if (!this.#isOpen) return;
    this.#later(afterFailureMs, () => {
      this.#base = this.#deps.held();
    });
  }
}
