import type { SharedView } from '@lianzhen/contracts/shared-view.ts';
import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { type Allowance, browserClock } from './allowance.ts';
import type { SharedRoom } from './shared-room.ts';
import { ViewSender, type Wanted } from './view-sender.ts';
import { chosenView, isHung } from './view-state.ts';

/** leading: everyone sees what I see; following: I see what the leader sees; self: I look for myself. */
export type Standing = 'leading' | 'following' | 'self';

/** What is on screen while one does not follow: a study, and how it looked when one began. */
interface Own {
  readonly studyUid: string | null;
  readonly start: Wanted | undefined;
}

const ownOf = (view: SharedView): Own => ({
  studyUid: view.studyUid,
  start: isHung(view) ? view : undefined,
});

export interface Picture {
  readonly standing: Standing;
  readonly studyUid: string | null;
  /** For the viewer: the leader's view while one follows, else how it began. */
  readonly view: Wanted | undefined;
  /** What the viewer of the study on this screen shows. */
  readonly tell: (shown: Wanted) => void;
  /** Opens a study: for everyone when leading, else for oneself. */
  readonly choose: (studyUid: string) => void;
  readonly toggleFollow: () => void;
}

/** Which picture is on this screen, and the way of it to the room while this person leads. */
export function usePicture(room: SharedRoom, allowance: Allowance): Picture {
  const view = useSyncExternalStore(room.subscribe, () => room.getSnapshot().view);
  const isLeading = useSyncExternalStore(room.subscribe, () => leads(room));
  const [own, setOwn] = useState<Own | null>(() => (leads(room) ? ownOf(room.getSnapshot().view) : null));
  const [wasLeading, setWasLeading] = useState(isLeading);
  if (isLeading !== wasLeading) {
    // Who looked for himself leads with what he looks at; who loses the lead follows the next one.
    setWasLeading(isLeading);
    setOwn(isLeading ? (own ?? ownOf(view)) : null);
  }
  const standing: Standing = isLeading ? 'leading' : own ? 'self' : 'following';
  const studyUid = own ? own.studyUid : view.studyUid;

  // What the viewer of one's own study last showed; none while one follows.
  const shown = useRef<Wanted | null>(null);
  if (standing === 'following') shown.current = null;
  const sender = useRef<ViewSender | null>(null);
  const latest = useRef({ studyUid, standing });
  latest.current = { studyUid, standing };

  useEffect(() => {
    if (!isLeading) return;
    const held = () => room.getSnapshot().view;
    const send = (patch: Parameters<SharedRoom['changeView']>[0]) => room.changeView(patch);
    const opened = new ViewSender({ send, held, allowance, clock: browserClock });
    sender.current = opened;
    const now = shown.current;
    const chosen = latest.current.studyUid;
    if (now) opened.show(now);
    else if (chosen !== held().studyUid) opened.show(chosenView(chosen));
    let known = held();
    const stop = room.subscribe(() => {
      if (held() === known) return;
      known = held();
      opened.compare();
    });
    return () => {
      stop();
      opened.close();
      sender.current = null;
    };
  }, [room, isLeading, allowance]);

  const tell = useCallback((wanted: Wanted) => {
    const now = latest.current;
    // The last words of a viewer that is gone are about another study.
    if (now.standing === 'following' || now.studyUid !== wanted.studyUid) return;
    shown.current = wanted;
    sender.current?.show(wanted);
  }, []);

  const choose = useCallback((uid: string) => {
    shown.current = null;
    setOwn({ studyUid: uid, start: undefined });
    sender.current?.show(chosenView(uid));
  }, []);

  const toggleFollow = useCallback(() => {
    if (leads(room)) return;
    setOwn((before) => (before ? null : ownOf(room.getSnapshot().view)));
  }, [room]);

  return { standing, studyUid, view: own ? own.start : view, tell, choose, toggleFollow };
}

function leads(room: SharedRoom): boolean {
  const { you, leadPeerId } = room.getSnapshot();
  return you !== null && you.peerId === leadPeerId;
}
