import type { DutyRosterView, DutyShift } from '@lianzhen/contracts/duty-roster.ts';
import { App } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useAct } from '../../../api/queries.ts';
import { isSameWeek } from './duty-edit.ts';
import { useDutyText } from './duty-texts.ts';

/** The week as it is being written, over the one that it was begun from. Ctrl+S saves. */
export function useDutyDraft(view: DutyRosterView) {
  const t = useDutyText();
  const { message } = App.useApp();
  const [base, setBase] = useState(view);
  const [shifts, setShifts] = useState<readonly DutyShift[]>(view.shifts);
  const isDirty = !isSameWeek(shifts, base.shifts);
  const show = (next: DutyRosterView) => {
    setBase(next);
    setShifts(next.shifts);
  };
  const act = useAct('facilities', 'saveDutyRoster', {
    onSuccess: (saved) => {
      show(saved);
      void message.success(t('saved'));
    },
  });
  // What somebody else has saved is shown at once where nothing of one's own would be lost.
  const newest = view.revision > base.revision ? view : base;
  if (newest !== base && !isDirty) show(newest);
  const save = () => {
    if (isDirty && !act.isPending)
      act.mutate({ id: base.centreId, revision: base.revision, shifts: shifts.map((shift) => ({ ...shift })) });
  };
  useSaveKey(save);
  return {
    shifts,
    isDirty,
    change: (next: readonly DutyShift[]) => {
      act.reset();
      setShifts(next);
    },
    save,
    isBusy: act.isPending,
    error: act.error,
    dropMine: () => {
      act.reset();
      show(newest);
    },
  };
}

function useSaveKey(save: () => void): void {
  const latest = useRef(save);
  latest.current = save;
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.code !== 'KeyS' || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
      event.preventDefault();
      latest.current();
    };
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  }, []);
}
