import { useQueryClient } from '@tanstack/react-query';
import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import { ApiError } from '../../api/api-error.ts';
import { api } from '../../api/client.ts';
import { onLinkState, readLinkState } from '../../api/link-state.ts';
import { ask } from '../../api/queries.ts';
import { useSession } from '../../api/session.ts';
import type { Hold, Report } from './panel-props.ts';
import { type Body, bodyOf, sameBody } from './report-body.ts';
import { ReportSaver, type SaveStatus } from './report-saver.ts';
import { type Kept, reportShelf } from './report-shelf.ts';

/** A writer's rest between two thoughts. Each save of a reviewer is an entry in the case's history, so that they are few. */
const restMs = { read: 1200, review: 15_000 } as const;

interface Start {
  body: Body;
  /** What this machine holds is not at the hub yet. */
  isUnsaved: boolean;
  /** What the hub has instead, where this machine's text was written over another revision. */
  disputes: Report | undefined;
}

function startWith(view: Report, kept: Kept | undefined): Start {
  if (!kept || sameBody(kept.body, view)) return { body: bodyOf(view), isUnsaved: false, disputes: undefined };
  return { body: kept.body, isUnsaved: true, disputes: kept.revision === view.revision ? undefined : view };
}

interface Input {
  view: Report;
  hold: Hold | null;
  purpose: Hold['purpose'];
  onLost: () => void;
}

/** The text of a report while it is written, saved as one types. */
export function useReportText({ view, hold, purpose, onLost }: Input) {
  const cache = useQueryClient();
  const { accountId } = useSession();
  const [shelf] = useState(() => reportShelf(window.localStorage, accountId, view.caseId));
  const [start] = useState(() => startWith(view, shelf.get()));
  const [body, setBody] = useState(start.body);
  const [status, setStatus] = useState<SaveStatus>({ kind: 'untouched' });
  const latest = useRef(body);
  const around = useRef({ view, hold, onLost });
  around.current = { view, hold, onLost };
  const saver = useRef<ReportSaver | undefined>(undefined);
  const show = useCallback((next: Body) => {
    latest.current = next;
    setBody(next);
  }, []);

  const { id, caseId } = view;
  const open = useCallback((): ReportSaver => {
    saver.current ??= new ReportSaver({
      view: around.current.view,
      shelf,
      save: (revision, text) => {
        const token = around.current.hold?.token;
        if (!token) return Promise.reject(new ApiError('lease-lost'));
        return api.reporting.saveDraft({ ...text, id, revision, leaseToken: token });
      },
      read: () => api.reporting.ofCase({ caseId }),
      onStatus: setStatus,
      onView: (next) => cache.setQueryData(ask('reporting', 'ofCase', { caseId }).queryKey, next),
      onLost: () => around.current.onLost(),
      restMs: restMs[purpose],
    });
    return saver.current;
  }, [shelf, id, caseId, cache, purpose]);

  useSaving(open, saver, start, latest);
  const { revision } = view;
  const hear = useCallback(() => {
    const heard = open().hear(around.current.view);
    if (heard) show(heard);
  }, [open, show]);
  useEffect(() => {
    if (revision > 0) hear();
  }, [revision, hear]);

  useHolding(open, hold?.token, hear);
  const change = useCallback(
    (part: Partial<Body>) => {
      show({ ...latest.current, ...part });
      open().change(latest.current);
    },
    [open, show],
  );
  return {
    body,
    status,
    change,
    latest: () => latest.current,
    saver: open,
    keepMine: (theirs: Report) => open().keepMine(theirs),
    takeTheirs: (theirs: Report) => show(open().takeTheirs(theirs)),
  };
}
export type ReportText = ReturnType<typeof useReportText>;

/** From the first look to the last: what this machine still held goes out, and the last letters go out at the end. */
function useSaving(
  open: () => ReportSaver,
  saver: RefObject<ReportSaver | undefined>,
  start: Start,
  latest: RefObject<Body>,
): void {
  useEffect(() => {
    const opened = open();
    if (start.disputes) opened.dispute(latest.current, start.disputes);
    else if (start.isUnsaved) opened.change(latest.current);
    const stop = onLinkState(() => {
      if (readLinkState() === 'online') void opened.flush();
    });
    return () => {
      stop();
      opened.close();
      saver.current = undefined;
    };
  }, [open, saver, start, latest]);
}

/**
 * Without a token nothing goes out, and no other's text comes in the place of one's own. Another token is another hold:
 * what was refused in between may go out now, and what was written meanwhile is heard.
 */
function useHolding(open: () => ReportSaver, token: string | undefined, hear: () => void): void {
  const before = useRef(token);
  useEffect(() => {
    if (!token) open().lose();
    else if (token !== before.current) void open().resume().then(hear);
    before.current = token;
  }, [open, token, hear]);
}
