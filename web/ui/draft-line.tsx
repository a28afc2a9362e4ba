import { Button, Space } from 'antd';
import type { DraftStatus } from '../api/drafts/draft-queue.ts';
import { useErrorText } from '../api/vocabulary.ts';
import { useUiText } from './texts.ts';
import { shortTime } from './time.ts';
import { type Tone, ToneTag } from './tone-tag.tsx';

const tones: Record<DraftStatus['kind'], Tone> = {
  untouched: 'quiet',
  saving: 'quiet',
  saved: 'good',
  local: 'warn',
  conflict: 'bad',
  gone: 'warn',
  failed: 'bad',
};

interface DraftLineProps {
  status: DraftStatus;
  onKeepMine: () => void;
  onTakeTheirs: () => void;
}

/** Whether what was typed is safe, and where. */
export function DraftLine({ status, onKeepMine, onTakeTheirs }: DraftLineProps) {
  const t = useUiText();
  const why = useErrorText();
  const at = 'at' in status ? shortTime(status.at) : '';
  const text = t(`draft-${status.kind}`, { at, why: status.kind === 'failed' ? why(status.code) : '' });
  return (
    <div className="stack">
      <output data-testid="draft-status" data-state={status.kind}>
        <ToneTag tone={tones[status.kind]}>{text}</ToneTag>
      </output>
      {(status.kind === 'conflict' || status.kind === 'gone') && (
        <Space wrap>
          <Button size="small" onClick={onKeepMine}>
            {t('keepMine')}
          </Button>
          {status.kind === 'conflict' && (
            <Button size="small" onClick={onTakeTheirs}>
              {t('takeTheirs')}
            </Button>
          )}
        </Space>
      )}
    </div>
  );
}
