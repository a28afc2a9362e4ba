import type { RulesView } from '@lianzhen/contracts/ecg-rules.ts';
import { useBlocker } from '@tanstack/react-router';
import { App } from 'antd';
import { useRef, useState } from 'react';
import { useAct } from '../../../api/queries.ts';
import { type Draft, resultOf, startDraft } from './draft-state.ts';
import { useRulesText } from './texts.ts';

/** A draft with what is wrong in it, its trial, and the ways it ends: published, dropped, or overtaken by another. */
export function useDraft(view: RulesView, onEnd: () => void) {
  const t = useRulesText();
  const { message } = App.useApp();
  const [draft, setDraft] = useState<Draft>(() => startDraft(view.inForce, view.today));
  // Whoever publishes says which version he has seen last; another one in between is told of, and not written over.
  const [newest, setNewest] = useState(view.newest);
  const [isAsked, setAsked] = useState(false);
  const [isSure, setSure] = useState(false);
  const form = useRef<HTMLDivElement>(null);
  const result = resultOf(draft);
  const { base, source, note, validFrom } = draft;
  const { patterns, faults } = result;
  const edit = { centreId: view.centre.id, base: { code: base.code, version: base.version }, patterns };
  const onSuccess = (after: RulesView) => {
    void message.success(t('published', { version: after.newest }));
    onEnd();
  };
  const publish = useAct('ecg', 'publishRules', { onSuccess, onError: () => setSure(false) });
  const trial = useAct('ecg', 'tryRules');
  const isTouched = patterns.length > 0 || source !== '' || note !== '';
  // Another page, or the window closed: nothing of a draft is kept.
  const isAtRisk = () => isTouched && !publish.isSuccess;
  useBlocker({
    shouldBlockFn: () => isAtRisk() && !window.confirm(t('cancelTitle')),
    enableBeforeUnload: isAtRisk,
  });
  /** @returns whether nothing stands in the way; else the first of what does has the keys */
  const isWhole = (ignored: readonly string[] = []): boolean => {
    const isFine = [...faults].every((field) => ignored.includes(field));
    if (isFine) return true;
    setAsked(true);
    requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[data-fault="true"]')?.focus());
    return false;
  };
  return {
    ...{ draft, setDraft, newest, result, form, isAsked, isSure, setSure, isTouched, isWhole, publish, trial },
    overtakenBy: publish.error?.code === 'stale-revision' ? publish.error.details : null,
    isTrialStale: JSON.stringify(trial.variables) !== JSON.stringify(edit),
    tryIt: () => isWhole(['source']) && trial.mutate(edit),
    send: () => publish.mutate({ ...edit, newest, source: source.trim(), note: note.trim(), validFrom }),
    /** The version of somebody else was looked at; the next one is published after it. */
    goOnAfter: (version: number) => {
      setNewest(version);
      publish.reset();
    },
  };
}
export type Drafting = ReturnType<typeof useDraft>;
