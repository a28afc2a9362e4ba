import { Button, Space } from 'antd';
import { useErrorText } from '../../api/vocabulary.ts';
import { shortTime } from '../../ui/time.ts';
import { type Tone, ToneTag } from '../../ui/tone-tag.tsx';
import type { DraftStatus } from './draft-queue.ts';
import { type OrdersKey, useOrdersText } from './texts.ts';

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
  const t = useOrdersText();
  const why = useErrorText();
  const at = 'at' in status ? shortTime(status.at) : '';
  const text = t(`draft-${status.kind}` as OrdersKey, { at, why: status.kind === 'failed' ? why(status.code) : '' });
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
