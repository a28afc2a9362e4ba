import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { type ApiError, type ApiErrorCode, asApiError } from '../../api/api-error.ts';
import { api, type Outputs } from '../../api/client.ts';
import { ask } from '../../api/queries.ts';
import { wordsTouchedBy } from '../../api/stale-words.ts';
import { signedOnceSaved } from './signed-once-saved.ts';

type Opinion = Outputs['consultation']['opinion'];
type Text = Pick<Opinion, 'findings' | 'opinion' | 'advice'>;
type Status =
  | { kind: 'untouched' | 'saving' | 'conflict' }
  | { kind: 'saved'; at: string }
  | { kind: 'failed'; code: ApiErrorCode };

const restMs = 1000;
const retryMs = 5000;

/**
 * The text of an opinion: saved when the typing rests, one save at a time, tried again while the link is down. What was
 * written in another window is never overwritten unasked.
 */
export function useOpinion(id: string, opinion: Opinion, onSigned: () => void) {
  const cache = useQueryClient();
  const [text, setText] = useState<Text>(opinion);
  const [status, setStatus] = useState<Status>({ kind: 'untouched' });
  const [signing, setSigning] = useState<{ isPending: boolean; error: ApiError | null }>({
    isPending: false,
    error: null,
  });
  const work = useRef({ text: text, revision: opinion.revision, isDirty: false, timer: 0, running: Promise.resolve() });
  const known = ask('consultation', 'opinion', { id }).queryKey;

  const take = (next: Opinion) => {
    work.current.revision = next.revision;
    cache.setQueryData(known, next);
  };
  const saveOnce = async () => {
    const now = work.current;
    if (!now.isDirty) return;
    now.isDirty = false;
    setStatus({ kind: 'saving' });
    const { findings, opinion: said, advice } = now.text;
    try {
      take(await api.consultation.saveOpinion({ id, revision: now.revision, findings, opinion: said, advice }));
      setStatus({ kind: 'saved', at: new Date().toISOString() });
    } catch (cause) {
      now.isDirty = true;
      const { code } = asApiError(cause);
      setStatus(code === 'stale-revision' ? { kind: 'conflict' } : { kind: 'failed', code });
      if (code === 'unreachable' || code === 'unavailable') later(retryMs);
    }
  };
  const save = () => {
    const now = work.current;
    window.clearTimeout(now.timer);
    now.running = now.running.then(saveOnce);
    return now.running;
  };
  const later = (ms: number) => {
    window.clearTimeout(work.current.timer);
    work.current.timer = window.setTimeout(() => void save(), ms);
  };
  const change = (part: Partial<Text>) => {
    work.current.text = { ...work.current.text, ...part };
    work.current.isDirty = true;
    setText(work.current.text);
    later(restMs);
  };
  const run = async () => {
    setSigning({ isPending: true, error: null });
    await save();
    try {
      // What is not saved is not signed: the hub freezes what it has.
      if (!work.current.isDirty) {
        take(await signedOnceSaved(() => api.consultation.signOpinion({ id, revision: work.current.revision })));
        onSigned();
      }
      setSigning({ isPending: false, error: null });
    } catch (cause) {
      setSigning({ isPending: false, error: asApiError(cause) });
    }
    for (const word of wordsTouchedBy('consultation')) void cache.invalidateQueries({ queryKey: [word] });
  };
  const readAgain = () => api.consultation.opinion({ id });
  const keepMine = async () => {
    work.current.revision = (await readAgain()).revision;
    await save();
  };
  const takeTheirs = async () => {
    const theirs = await readAgain();
    Object.assign(work.current, { text: theirs, isDirty: false });
    setText(theirs);
    take(theirs);
    setStatus({ kind: 'untouched' });
  };
  const saveLast = useRef(save);
  saveLast.current = save;
  // The page goes: what rests in the box is saved still.
  useEffect(() => () => void saveLast.current(), []);
  return {
    text,
    status,
    change,
    sign: { run: () => void run(), ...signing },
    keepMine: () => void keepMine().catch((cause) => setStatus({ kind: 'failed', code: asApiError(cause).code })),
    takeTheirs: () => void takeTheirs().catch((cause) => setStatus({ kind: 'failed', code: asApiError(cause).code })),
  };
}
