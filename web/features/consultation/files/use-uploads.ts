import { useEffect, useRef, useState } from 'react';
import { type ApiErrorCode, asApiError } from '../../../api/api-error.ts';
import { newId } from '../../../call/new-id.ts';
import type { RoomClient } from '../../../call/room-client.ts';
import type { SeatFiles } from './seat-files.ts';

/** A file on its way to the hub, with the words that go with it. */
export interface Upload {
  id: string;
  file: File;
  text: string;
  /** From 0 to 1. */
  part: number;
  failed: ApiErrorCode | null;
}

/** Files that are being sent. Each keeps its id over however many tries; once it is kept, it becomes a word of the chat. */
export function useUploads(room: RoomClient, files: SeatFiles) {
  const [uploads, setUploads] = useState<readonly Upload[]>([]);
  const running = useRef(new Map<string, AbortController>());
  useEffect(() => {
    const all = running.current;
    return () => {
      for (const one of all.values()) one.abort();
    };
  }, []);
  const change = (id: string, part: Partial<Upload>) =>
    setUploads((all) => all.map((one) => (one.id === id ? { ...one, ...part } : one)));
  const discard = (id: string) => {
    running.current.get(id)?.abort();
    setUploads((all) => all.filter((one) => one.id !== id));
  };
  const begin = async ({ id, file, text }: Upload) => {
    const giveUp = new AbortController();
    running.current.set(id, giveUp);
    try {
      const kept = await files.send(id, file, (part) => change(id, { part }), giveUp.signal);
      if (giveUp.signal.aborted) return;
      room.say(text, kept);
      discard(id);
    } catch (cause) {
      if (!giveUp.signal.aborted) change(id, { failed: asApiError(cause).code });
    }
    running.current.delete(id);
  };
  return {
    uploads,
    discard,
    start: (file: File, text: string) => {
      const upload: Upload = { id: newId(), file, text, part: 0, failed: null };
      setUploads((all) => [...all, upload]);
      void begin(upload);
    },
    retry: (upload: Upload) => {
      change(upload.id, { failed: null, part: 0 });
      void begin(upload);
    },
  };
}
