import { type RecordingMark, type RecordingView, recordingMediaPath } from '@lianzhen/contracts/recording.ts';
import { Button, Segmented } from 'antd';
import { useRef, useState } from 'react';
import { clockText } from './clock-text.ts';
import { useRecordingText } from './texts.ts';
import './recording.css';

const kinds = ['all', 'opened', 'marked', 'opinion', 'joined'] as const;

/** The file, the names over its tiles, and what happened beside it: a press on a line goes there. */
export function RecordingPlayer({ recording }: { recording: RecordingView }) {
  const t = useRecordingText();
  const screen = useRef<HTMLVideoElement>(null);
  const [kind, setKind] = useState<(typeof kinds)[number]>('all');
  const marks = recording.marks.filter((mark) => kind === 'all' || mark.kind === kind);
  const jump = ({ atMs }: RecordingMark) => {
    const video = screen.current;
    if (!video) return;
    // A moment before, so that it is seen to happen.
    video.currentTime = Math.max(0, atMs / 1000 - 2);
    void video.play();
  };
  return (
    <div className="recording">
      <div className="recording-screen">
        {/* biome-ignore lint/a11y/useMediaCaption: what was said in a session is in no captions. */}
        <video
          ref={screen}
          controls
          preload="metadata"
          src={recordingMediaPath(recording.id)}
          data-testid="recording-video"
        />
        {recording.tiles.map(({ name, source, left, top, width }) => (
          <span
            key={`${name} ${source} ${left} ${top}`}
            className="recording-name"
            style={{ left: `${left}%`, top: `${top}%`, maxWidth: `${width}%` }}
          >
            {name}
          </span>
        ))}
      </div>
      <div className="stack">
        <Segmented
          size="small"
          aria-label={t('index')}
          value={kind}
          onChange={setKind}
          options={kinds.map((value) => ({ value, label: t(value) }))}
        />
        <ol className="recording-index">
          {marks.map((mark) => (
            <li key={`${mark.atMs} ${mark.kind} ${mark.name} ${mark.text}`}>
              <Button
                type="text"
                size="small"
                onClick={() => jump(mark)}
                aria-label={t('jump', { at: clockText(mark.atMs) })}
                data-testid="recording-mark"
              >
                <span className="num muted">{clockText(mark.atMs)}</span>
              </Button>
              {[mark.name, t(mark.kind), mark.text].filter(Boolean).join(' ')}
            </li>
          ))}
        </ol>
      </div>
    </div>
  );
}
