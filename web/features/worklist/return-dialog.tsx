import { Input, Modal, Radio } from 'antd';
import { useState } from 'react';
import type { Inputs } from '../../api/client.ts';
import { useNames } from '../../api/vocabulary.ts';
import { Failure } from '../../ui/failure.tsx';
import { useUiText } from '../../ui/texts.ts';
import { useWorklistText } from './texts.ts';

type Kind = Inputs['worklist']['returnCase']['kind'];
const kinds: readonly Kind[] = ['bad-quality', 'missing-data', 'wrong-exam', 'other'];

interface ReturnDialogProps {
  isOpen: boolean;
  isBusy: boolean;
  error: unknown;
  onReturn: (kind: Kind, reason: string) => void;
  onClose: () => void;
}

/** Why a case goes back to whoever asked: a kind, and words that he reads. */
export function ReturnDialog({ isOpen, isBusy, error, onReturn, onClose }: ReturnDialogProps) {
  const t = useWorklistText();
  const ui = useUiText();
  const names = useNames();
  const [kind, setKind] = useState<Kind>('bad-quality');
  const [reason, setReason] = useState('');
  const [isAsked, setAsked] = useState(false);
  const isMissing = isAsked && !reason.trim();
  const act = () => {
    setAsked(true);
    if (reason.trim()) onReturn(kind, reason.trim());
  };
  return (
    <Modal
      open={isOpen}
      title={t('returnTitle')}
      okText={t('returnCase')}
      cancelText={ui('cancel')}
      okButtonProps={{ danger: true }}
      confirmLoading={isBusy}
      onOk={act}
      onCancel={onClose}
    >
      <div className="dialog-note">
        <Radio.Group
          value={kind}
          onChange={(event) => setKind(event.target.value as Kind)}
          options={kinds.map((value) => ({ value, label: names('returnKind', value) }))}
        />
        <span className="muted">
          {t('returnNote')} {kind === 'missing-data' && t('missingOnce')}
        </span>
      </div>
      <Input.TextArea
        autoFocus
        aria-label={ui('reason')}
        placeholder={ui('reason')}
        autoSize={{ minRows: 3, maxRows: 8 }}
        maxLength={1000}
        status={isMissing ? 'error' : ''}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      {isMissing && <p className="field-error">{ui('reasonNeeded')}</p>}
      {Boolean(error) && <Failure error={error} />}
    </Modal>
  );
}
