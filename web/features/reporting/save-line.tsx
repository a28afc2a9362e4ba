import { useErrorText } from '../../api/vocabulary.ts';
import { shortTime } from '../../ui/time.ts';
import { type Tone, ToneTag } from '../../ui/tone-tag.tsx';
import type { SaveStatus } from './report-saver.ts';
import { useReportingText } from './texts.ts';

const tones: Record<SaveStatus['kind'], Tone> = {
  untouched: 'quiet',
  typing: 'quiet',
  saving: 'quiet',
  saved: 'good',
  local: 'warn',
  conflict: 'bad',
  lost: 'bad',
  failed: 'bad',
};

/** Where the text is: here, on its way, at the hub. */
export function SaveLine({ status }: { status: SaveStatus }) {
  const t = useReportingText();
  const why = useErrorText();
  const said = {
    untouched: () => t('untouched'),
    typing: () => t('typing'),
    saving: () => t('saving'),
    saved: () => t('saved', { at: status.kind === 'saved' ? shortTime(status.at) : '' }),
    local: () => t('local'),
    conflict: () => t('conflict'),
    lost: () => t('lostSave'),
    failed: () => t('failedSave', { why: status.kind === 'failed' ? why(status.code) : '' }),
  }[status.kind];
  return (
    <output className="save-line" data-testid="save-state" data-state={status.kind}>
      <ToneTag tone={tones[status.kind]}>{said()}</ToneTag>
    </output>
  );
}
