import type { RoomEntry } from '@lianzhen/contracts/room-signals.ts';
import { mayInRoom } from '@lianzhen/contracts/room-signals.ts';
import { useEffect, useRef } from 'react';
import { useNames } from '../../../api/vocabulary.ts';
import type { RoomClient } from '../../../call/room-client.ts';
import { useRoom } from '../../../call/use-room.ts';
import { shortTime } from '../../../ui/time.ts';
import { FileLine } from '../files/file-line.tsx';
import type { SeatFiles } from '../files/seat-files.ts';
import { useUploads } from '../files/use-uploads.ts';
import { UploadLine, WaitingLine } from './on-its-way.tsx';
import { SayLine } from './say-line.tsx';
import { useRoomText } from './texts.ts';

interface ChatProps {
  room: RoomClient;
  files: SeatFiles;
}

/** What is written, sent and what happens, in the order of the room; what is on its way stands below, marked as such. */
export function Chat({ room, files }: ChatProps) {
  const t = useRoomText();
  const you = useRoom(room, (state) => state.you);
  const entries = useRoom(room, (state) => state.entries);
  const outbox = useRoom(room, (state) => state.outbox);
  const { uploads, start, retry, discard } = useUploads(room, files);
  const list = useRef<HTMLOListElement>(null);
  const last = entries.at(-1)?.seq;
  // biome-ignore lint/correctness/useExhaustiveDependencies: it scrolls when something new stands there.
  useEffect(() => {
    list.current?.scrollTo({ top: list.current.scrollHeight });
  }, [last, outbox.length, uploads.length]);
  const mayWrite = you !== null && mayInRoom(you.role, 'chat');
  return (
    <section className="room-chat" aria-label={t('chat')}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and so must be reached by who has no pointer. */}
      <ol ref={list} className="room-words" tabIndex={0} aria-label={t('chat')} data-testid="chat">
        {entries.map((entry) => (
          <Entry
            key={entry.seq}
            entry={entry}
            files={files}
            isOwn={entry.seatId !== null && entry.seatId === you?.seatId}
          />
        ))}
        {outbox.map((word) => (
          <WaitingLine key={word.id} room={room} word={word} />
        ))}
        {uploads.map((upload) => (
          <UploadLine
            key={upload.id}
            upload={upload}
            onRetry={() => retry(upload)}
            onDiscard={() => discard(upload.id)}
          />
        ))}
      </ol>
      {mayWrite && <SayLine onSay={room.say} onSend={start} />}
    </section>
  );
}

function Entry({ entry, files, isOwn }: { entry: RoomEntry; files: SeatFiles; isOwn: boolean }) {
  const { what } = entry;
  const happened = useHappened(entry);
  if (what.kind === 'chat')
    return (
      <li className={isOwn ? 'room-word room-word-own' : 'room-word'} data-testid="chat-word" data-seq={entry.seq}>
        <small>
          {entry.name} <span className="num">{shortTime(entry.at)}</span>
        </small>
        {what.text && <span className="keep-lines">{what.text}</span>}
        {what.file && (
          <span>
            <FileLine file={what.file} href={files.address(what.file.id)} fetchIt={files.fetch} />
          </span>
        )}
      </li>
    );
  if (!happened) return null;
  return (
    <li className="room-fact" data-seq={entry.seq}>
      <span className="num">{shortTime(entry.at)}</span> {happened}
    </li>
  );
}

/** A fact in words; undefined for what needs no line among the words. */
function useHappened({ what, name }: RoomEntry): string | undefined {
  const t = useRoomText();
  const names = useNames();
  switch (what.kind) {
    case 'joined':
      return t('fact-joined', { name, role: names('seatRole', what.role) });
    case 'left':
    case 'away':
    case 'back':
    case 'opened':
      return t(`fact-${what.kind}`, { name });
    case 'lead':
      return what.toSeatId ? t('fact-lead', { name }) : undefined;
    case 'locked':
      return t(what.isLocked ? 'fact-locked' : 'fact-unlocked', { name });
    case 'recording':
      return t(what.isOn ? 'fact-recording' : 'fact-recorded', { name });
    case 'opinion':
      return t('fact-opinion', { name });
    default:
      return undefined;
  }
}
