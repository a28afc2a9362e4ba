import { SendOutlined } from '@ant-design/icons';
import { mayInRoom, type RoomEntry } from '@lianzhen/contracts/room-signals.ts';
import { Button, Input } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useNames } from '../../../api/vocabulary.ts';
import type { RoomClient } from '../../../call/room-client.ts';
import type { WaitingWord } from '../../../call/room-state.ts';
import { useRoom } from '../../../call/use-room.ts';
import { shortTime } from '../../../ui/time.ts';
import { useRoomText } from './texts.ts';

/** What is written and what happens, in the order of the room; words on their way stand below, marked as such. */
export function Chat({ room }: { room: RoomClient }) {
  const t = useRoomText();
  const you = useRoom(room, (state) => state.you);
  const entries = useRoom(room, (state) => state.entries);
  const outbox = useRoom(room, (state) => state.outbox);
  const [text, setText] = useState('');
  const list = useRef<HTMLOListElement>(null);
  const last = entries.at(-1)?.seq;
  // biome-ignore lint/correctness/useExhaustiveDependencies: it scrolls when something new stands there.
  useEffect(() => {
    list.current?.scrollTo({ top: list.current.scrollHeight });
  }, [last, outbox.length]);
  const send = () => {
    if (!text.trim()) return;
    room.say(text.trim());
    setText('');
  };
  const mayWrite = you !== null && mayInRoom(you.role, 'chat');
  return (
    <section className="room-chat" aria-label={t('chat')}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and so must be reached by who has no pointer. */}
      <ol ref={list} className="room-words" tabIndex={0} aria-label={t('chat')} data-testid="chat">
        {entries.map((entry) => (
          <Entry key={entry.seq} entry={entry} isOwn={entry.seatId !== null && entry.seatId === you?.seatId} />
        ))}
        {outbox.map((word) => (
          <Waiting key={word.id} room={room} word={word} />
        ))}
      </ol>
      {mayWrite && (
        <div className="room-say">
          <Input
            aria-label={t('chatInput')}
            placeholder={t('chatInput')}
            maxLength={2000}
            value={text}
            onChange={(event) => setText(event.target.value)}
            // The Enter that ends a choice of characters is not one that sends.
            onPressEnter={(event) => !event.nativeEvent.isComposing && send()}
            data-testid="chat-input"
          />
          <Button
            type="primary"
            icon={<SendOutlined />}
            aria-label={t('chatSend')}
            onClick={send}
            data-testid="chat-send"
          />
        </div>
      )}
    </section>
  );
}

function Entry({ entry, isOwn }: { entry: RoomEntry; isOwn: boolean }) {
  const { what } = entry;
  const happened = useHappened(entry);
  if (what.kind === 'chat')
    return (
      <li className={isOwn ? 'room-word room-word-own' : 'room-word'} data-testid="chat-word" data-seq={entry.seq}>
        <small>
          {entry.name} <span className="num">{shortTime(entry.at)}</span>
        </small>
        <span className="keep-lines">{what.text}</span>
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

function Waiting({ room, word }: { room: RoomClient; word: WaitingWord }) {
  const t = useRoomText();
  return (
    <li className="room-word room-word-own room-word-waiting" data-testid="chat-waiting">
      <span className="keep-lines">{word.text}</span>
      {word.failed ? (
        <small className="tone-bad">
          {t('wordFailed')}
          <Button size="small" type="link" onClick={() => room.retryWord(word.id)}>
            {t('tryAgain')}
          </Button>
          <Button size="small" type="link" onClick={() => room.discardWord(word.id)}>
            {t('discard')}
          </Button>
        </small>
      ) : (
        <small>{t('wordWaiting')}</small>
      )}
    </li>
  );
}
