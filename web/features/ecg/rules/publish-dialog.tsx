import type { RulesView } from '@lianzhen/contracts/ecg-rules.ts';
import { Alert, Modal } from 'antd';
import type { Draft } from './draft-state.ts';
import { minuteText } from './list-words.ts';
import { useRulesText } from './texts.ts';

interface PublishDialogProps {
  version: number;
  draft: Draft;
  view: RulesView;
  /** Names of patterns whose numbers are others, and of those that are off. */
  changed: readonly string[];
  off: readonly string[];
  isBusy: boolean;
  onPublish: () => void;
  onClose: () => void;
}

/** Everything that publishing does, said once more: it cannot be taken back. */
export function PublishDialog({ version, draft, view, changed, off, isBusy, onPublish, onClose }: PublishDialogProps) {
  const t = useRulesText();
  const isToday = draft.validFrom === view.today;
  // The last published counts: what was to come on that day or later never will.
  const dropped = view.versions.filter(
    ({ standing, validFrom }) => standing === 'coming' && (isToday || startsOn(validFrom) >= draft.validFrom),
  );
  const lines = [
    t('publishFrom', { at: isToday ? t('atOnce') : draft.validFrom }),
    t('publishSource', { source: draft.source.trim() }),
    ...(changed.length > 0 ? [t('publishChanged', { names: changed.join(t('separator')) })] : []),
    ...(off.length > 0 ? [t('publishOff', { names: off.join(t('separator')) })] : []),
    ...(changed.length + off.length === 0 ? [t('publishNothing')] : []),
    t('publishLast'),
  ];
  return (
    <Modal
      open
      title={t('publishTitle', { version })}
      okText={t('publish')}
      cancelText={t('keep')}
      confirmLoading={isBusy}
      okButtonProps={{ autoFocus: true }}
      onOk={onPublish}
      onCancel={onClose}
    >
      <div className="dialog-note" data-testid="publish-summary">
        {lines.map((line) => (
          <span key={line}>{line}</span>
        ))}
        {dropped.length > 0 && (
          <Alert
            type="warning"
            showIcon
            title={t('publishDrops', { versions: dropped.map((row) => row.version).join(t('separator')) })}
          />
        )}
      </div>
    </Modal>
  );
}

const startsOn = (instant: string): string => minuteText(instant).slice(0, 10);
