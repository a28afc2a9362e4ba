import { Button } from 'antd';
import { useColon } from '../../../api/texts.ts';
import { useErrorText } from '../../../api/vocabulary.ts';
import type { RoomClient } from '../../../call/room-client.ts';
import type { WaitingWord } from '../../../call/room-state.ts';
import type { Upload } from '../files/use-uploads.ts';
import { useRoomText } from './texts.ts';

/** A word that the room has not confirmed yet. */
export function WaitingLine({ room, word }: { room: RoomClient; word: WaitingWord }) {
  const t = useRoomText();
  return (
    <li className="room-word room-word-own room-word-waiting" data-testid="chat-waiting">
      {word.text && <span className="keep-lines">{word.text}</span>}
      {word.file && <span>{word.file.name}</span>}
      {word.failed ? (
        <Again
          why={t('wordFailed')}
          onRetry={() => room.retryWord(word.id)}
          onDiscard={() => room.discardWord(word.id)}
        />
      ) : (
        <small>{t('wordWaiting')}</small>
      )}
    </li>
  );
}

interface UploadLineProps {
  upload: Upload;
  onRetry: () => void;
  onDiscard: () => void;
}

/** The same file would be refused again. */
const hopeless: readonly string[] = ['unsupported-media-type', 'too-large', 'bad-input'];

/** A file that is still on its way to the hub. */
export function UploadLine({ upload: { file, text, part, failed }, onRetry, onDiscard }: UploadLineProps) {
  const t = useRoomText();
  const colon = useColon();
  const textOf = useErrorText();
  const isHopeless = failed !== null && hopeless.includes(failed);
  const why = failed === 'unsupported-media-type' ? t('fileKinds') : failed && textOf(failed);
  return (
    <li
      className="room-word room-word-own room-word-waiting"
      data-testid="chat-upload"
      data-failed={failed ?? undefined}
    >
      {text && <span className="keep-lines">{text}</span>}
      <span>{file.name}</span>
      {why ? (
        <Again
          why={`${t('wordFailed')}${colon}${why}`}
          onRetry={isHopeless ? undefined : onRetry}
          onDiscard={onDiscard}
        />
      ) : (
        <small className="num">
          {t('fileOnItsWay', { percent: Math.floor(part * 100) })}
          <Button size="small" type="link" onClick={onDiscard}>
            {t('fileStop')}
          </Button>
        </small>
      )}
    </li>
  );
}

interface AgainProps {
  why: string;
  onRetry: (() => void) | undefined;
  onDiscard: () => void;
}

function Again({ why, onRetry, onDiscard }: AgainProps) {
  const t = useRoomText();
  return (
    <small className="room-word-failed">
      {why}
      {onRetry && (
        <Button size="small" type="link" onClick={onRetry}>
          {t('tryAgain')}
        </Button>
      )}
      <Button size="small" type="link" onClick={onDiscard}>
        {t('discard')}
      </Button>
    </small>
  );
}
