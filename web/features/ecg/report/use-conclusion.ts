import type { StatementView, TraceView } from '@lianzhen/contracts/ecg.ts';
import { useEffect, useRef, useState } from 'react';
import { mostStatements, type Said } from '../conclusion.ts';
import { newestSet, numbersOf, sameNumbers } from '../numbers.ts';
import { partOf, withNumbers, withStatements } from './ecg-part.ts';
import type { Body, EcgFormProps } from './form-props.ts';

interface Input extends Pick<EcgFormProps, 'ecg' | 'isReadOnly' | 'change' | 'body'> {
  view: TraceView | undefined;
  /** A second reader finds what the first signed; nothing is added to it by itself. */
  isReview: boolean;
  library: readonly StatementView[];
}
type Kept = Pick<Body, 'impression' | 'findings' | 'positive' | 'critical' | 'criticalText'> & { statements: Said[] };
const mostSteps = 50;

/** The coded conclusion of a report: sentences put in, out and in order, each step of which can be taken back. */
export function useConclusion(input: Input) {
  const latest = useRef(input);
  latest.current = input;
  const [past, setPast] = useState<Kept[]>([]);
  useNumbers(input);
  const part = () => {
    const { ecg, view } = latest.current;
    return ecg ?? (view ? partOf(view, null) : null);
  };
  const say = (next: (said: readonly Said[]) => readonly Said[]) => {
    const { isReadOnly, body, library, change } = latest.current;
    const ecg = part();
    if (isReadOnly || !ecg) return;
    const statements = next(ecg.statements);
    if (statements === ecg.statements || statements.length > mostStatements) return;
    const { impression, findings, positive, critical, criticalText } = body;
    const kept = { impression, findings, positive, critical, criticalText, statements: ecg.statements };
    setPast((steps) => [...steps, kept].slice(-mostSteps));
    change(withStatements(body, ecg, statements, library));
  };
  return {
    isPossible: !input.isReadOnly && (input.ecg !== null || input.view !== undefined),
    /** Once each. */
    add: ({ code, zh, en }: StatementView) =>
      say((said) => (said.some((one) => one.code === code) ? said : [...said, { code, zh, en }])),
    remove: (at: number) => say((said) => said.filter((_, place) => place !== at)),
    reword: (at: number, zh: string) =>
      say((said) =>
        said[at]?.zh === zh || !zh.trim() ? said : said.map((one, i) => (i === at ? { ...one, zh } : one)),
      ),
    move: (at: number, by: -1 | 1) => say((said) => swapped(said, at, at + by)),
    canUndo: past.length > 0 && !input.isReadOnly,
    undo: () => {
      const kept = past.at(-1);
      const ecg = part();
      if (!kept || !ecg || latest.current.isReadOnly) return;
      const { statements, ...rest } = kept;
      setPast((steps) => steps.slice(0, -1));
      latest.current.change({ ...rest, ecg: { ...ecg, statements } });
    },
  };
}
export type Conclusion = ReturnType<typeof useConclusion>;

function swapped(said: readonly Said[], a: number, b: number): readonly Said[] {
  const [one, other] = [said[a], said[b]];
  if (!one || !other) return said;
  return said.map((value, at) => (at === a ? other : at === b ? one : value));
}

/** The numbers of the trace come into the report by themselves, and follow what is measured until a person types his own. */
function useNumbers({ ecg, isReadOnly, isReview, change, body, view }: Input): void {
  const set = view ? newestSet(view) : null;
  const setId = set === null ? undefined : `${set.id} ${set.revision}`;
  const known = useRef<{ id: string | undefined; set: typeof set }>({ id: undefined, set: null });
  const latest = useRef({ ecg, change, body, view });
  latest.current = { ecg, change, body, view };
  const isKnown = view !== undefined && view.state !== 'reading' && !isReadOnly && !isReview;
  useEffect(() => {
    const now = latest.current;
    if (!isKnown || !now.view) return;
    const before = known.current;
    known.current = { id: setId, set: newestSet(now.view) };
    if (now.ecg === null) {
      now.change({ ecg: partOf(now.view, null) });
      return;
    }
    const { traceId, numbers } = now.ecg;
    if (traceId !== now.view.id || before.id === undefined || before.id === setId) return;
    if (!sameNumbers(numbers, numbersOf(before.set?.measurements ?? null, numbers.qtcFormula))) return;
    const next = partOf(now.view, now.ecg);
    now.change(withNumbers(now.body, now.ecg, { numbers: next.numbers, numbersBy: next.numbersBy }));
  }, [isKnown, setId]);
}
