import type { EcgMeasurements, FiducialName, Fiducials } from '@lianzhen/contracts/ecg-measurements.ts';
import { measureFrom } from '@lianzhen/ecg/signal/measure.ts';
import type { MedianBeats } from '@lianzhen/ecg/signal/median-beat.ts';
import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import type { EcgDesk } from '../desk.ts';
import type { EcgViewerProps, ShownMeasurements } from '../ecg-viewer-props.ts';
import { measureSource, type Proposal } from './measure-source.ts';
import { medianMs, moveFiducial } from './move-fiducial.ts';

export interface Measuring {
  readonly isMeasuring: boolean;
  /** The samples could not be had. */
  readonly hasFailed: boolean;
  readonly median: MedianBeats | null;
  readonly fiducials: Fiducials | null;
  /** With the points where they are now. */
  readonly measurements: EcgMeasurements | null;
  /** Who measured what is shown; null: a program. */
  readonly by: string | null;
  /** Points were moved and not saved. */
  readonly isChanged: boolean;
  readonly canSave: boolean;
  readonly canRestore: boolean;
  readonly isSaving: boolean;
  readonly problem: string | null;
  move(name: FiducialName, ms: number | null): void;
  restore(): void;
  /** @returns whether it was kept */
  save(): Promise<boolean>;
}

/** Points that a person moved and has not saved, for who comes back to the recording. */
export interface MovedPoints {
  points?: Fiducials | null;
}

/** What is measured in the open trace: what was saved before or the proposal, and what a person changes in it. */
export function useMeasuring(
  desk: EcgDesk,
  given: ShownMeasurements | null,
  onMeasure: EcgViewerProps['onMeasure'],
  left?: MovedPoints,
): Measuring {
  const { source, recording, store, traits, author, state } = desk;
  const isCutOff = useSyncExternalStore(store.subscribe, () => store.problem !== null);
  const [proposal, setProposal] = useState<Proposal | null>(null);
  const [isMeasuring, setMeasuring] = useState(true);
  const [hasFailed, setFailed] = useState(false);
  const [moved, setMoved] = useState<Fiducials | null>(left?.points ?? null);
  useEffect(() => {
    if (left) left.points = moved;
  }, [left, moved]);
  /** What this person saved since the trace was opened. */
  const [kept, setKept] = useState<{ fiducials: Fiducials | null } | null>(null);
  const [isRestored, setRestored] = useState(false);
  const [isSaving, setSaving] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  useEffect(() => {
    // Asked again together with the picture, when a person retries.
    if (isCutOff) return;
    let isLatest = true;
    setMeasuring(true);
    setFailed(false);
    measureSource(source, recording).then(
      (found) => {
        if (!isLatest) return;
        setProposal(found);
        setMeasuring(false);
      },
      () => {
        if (!isLatest) return;
        setFailed(true);
        setMeasuring(false);
      },
    );
    return () => {
      isLatest = false;
    };
  }, [source, recording, isCutOff]);

  const start = isRestored ? null : given;
  const base = start?.measurements ?? proposal?.measurements ?? null;
  const fiducials = moved ?? kept?.fiducials ?? start?.fiducials ?? base?.fiducials ?? null;
  const median = proposal?.median ?? null;
  const measurements = useMemo(() => {
    if (!base || !median || !fiducials || fiducials === base.fiducials) return base;
    return { ...base, ...measureFrom(median, fiducials, base.rrMs) };
  }, [base, median, fiducials]);

  const save = async (): Promise<boolean> => {
    if (!onMeasure || !traits.canMeasure || isSaving) return false;
    setSaving(true);
    setProblem(null);
    try {
      await onMeasure({ author, measurements, fiducials, calipers: state.calipers });
      setKept({ fiducials });
      setMoved(null);
      return true;
    } catch (cause) {
      setProblem(cause instanceof Error ? cause.message.slice(0, 300) : String(cause).slice(0, 300));
      return false;
    } finally {
      setSaving(false);
    }
  };
  return {
    isMeasuring,
    hasFailed,
    median,
    fiducials,
    measurements,
    by: kept ? author : (start?.authorName ?? null),
    isChanged: moved !== null,
    canSave: onMeasure !== undefined && traits.canMeasure && (measurements !== null || state.calipers.length > 0),
    canRestore: moved !== null || kept !== null || (start !== null && start.authorName !== null),
    isSaving,
    problem,
    move: (name, ms) => {
      if (median && fiducials && traits.canMeasure) setMoved(moveFiducial(fiducials, name, ms, medianMs(median)));
    },
    restore: () => {
      setMoved(kept === null && given?.authorName == null ? null : (proposal?.measurements.fiducials ?? null));
      setRestored(true);
    },
    save,
  };
}
