import type { SharedView } from '@lianzhen/contracts/shared-view.ts';
import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import type { ViewerState } from '../../../viewer/state.ts';
import { type Allowance, browserClock } from './allowance.ts';
import type { SharedRoom } from './shared-room.ts';
import { ViewSender } from './view-sender.ts';
import { chosenView, isHung, viewerState, wantedView } from './view-state.ts';

/** leading: everyone sees what I see; following: I see what the leader sees; self: I look for myself. */
export type Standing = 'leading' | 'following' | 'self';

/** What is on screen while one does not follow: a study, and how it looked when one began. */
interface Own {
  readonly studyUid: string | null;
  readonly start: ViewerState | undefined;
}

const ownOf = (view: SharedView): Own => ({
  studyUid: view.studyUid,
  start: isHung(view) ? viewerState(view) : undefined,
});

export interface Picture {
  readonly standing: Standing;
  readonly studyUid: string | null;
  /** For the viewer: the leader's state while one follows, else how it began. */
  readonly state: ViewerState | undefined;
  readonly tell: (state: ViewerState) => void;
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
  const shown = useRef<{ readonly studyUid: string; readonly state: ViewerState } | null>(null);
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
    if (now) opened.show(wantedView(now.studyUid, now.state));
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

  const tell = useCallback((state: ViewerState) => {
    const now = latest.current;
    if (now.standing === 'following' || now.studyUid === null) return;
    shown.current = { studyUid: now.studyUid, state };
    sender.current?.show(wantedView(now.studyUid, state));
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

  const led = useMemo(() => viewerState(view), [view]);
  return { standing, studyUid, state: own ? own.start : led, tell, choose, toggleFollow };
}

function leads(room: SharedRoom): boolean {
  const { you, leadPeerId } = room.getSnapshot();
  return you !== null && you.peerId === leadPeerId;
}
