import type { RecordingState, RecordingView } from '@lianzhen/contracts/recording.ts';
import { useQuery } from '@tanstack/react-query';
import { ask } from '../../../api/queries.ts';
import { Loaded } from '../../../ui/loaded.tsx';
import { Panel } from '../../../ui/page.tsx';
import { shortTime } from '../../../ui/time.ts';
import { type Tone, ToneTag } from '../../../ui/tone-tag.tsx';
import { RecordingPlayer } from './recording-player.tsx';
import { useRecordingText } from './texts.ts';

const tones: Record<RecordingState, Tone> = {
  recording: 'info',
  composing: 'info',
  ready: 'good',
  failed: 'warn',
  removed: 'quiet',
};

/** The recordings of a consultation; nothing at all where there is none. */
export function RecordingsPanel({ consultationId }: { consultationId: string }) {
  const t = useRecordingText();
  const recordings = useQuery(ask('recording', 'list', { consultationId }));
  if (recordings.data?.length === 0) return null;
  return (
    <Panel title={t('title')}>
      <Loaded query={recordings} rows={2}>
        {(rows) => (
          <div className="stack">
            {rows.map((recording) => (
              <Recording key={recording.id} recording={recording} />
            ))}
          </div>
        )}
      </Loaded>
    </Panel>
  );
}

function Recording({ recording }: { recording: RecordingView }) {
  const t = useRecordingText();
  const { state, startedAt, endedAt, startedByName, consentNote, failure, keepUntil } = recording;
  return (
    <article data-testid="recording" data-state={state}>
      <div className="row">
        <b className="num">
          {shortTime(startedAt)}
          {endedAt && `–${shortTime(endedAt, new Date(startedAt))}`}
        </b>
        <ToneTag tone={tones[state]}>{t(`state-${state}`)}</ToneTag>
        {failure === 'nothing-recorded' && <span>{t('nothing-recorded')}</span>}
      </div>
      <p className="muted">
        {t('by-line', { name: startedByName, note: consentNote })}
        {keepUntil && ` · ${t('keep-until', { day: keepUntil.slice(0, 10) })}`}
      </p>
      {state === 'ready' && <RecordingPlayer recording={recording} />}
    </article>
  );
}
