import { Input, Modal } from 'antd';
import { type ReactNode, useState } from 'react';
import { Failure } from './failure.tsx';
import { useUiText } from './texts.ts';

interface ReasonDialogProps {
  isOpen: boolean;
  title: string;
  /** What will happen, before the person decides. */
  note?: ReactNode;
  act: string;
  isDangerous?: boolean;
  isBusy: boolean;
  error: unknown;
  onAct: (reason: string) => void;
  onClose: () => void;
}

/** Asks for the reason of an act. What was typed stays while the dialog is closed, so that a slip costs nothing. */
export function ReasonDialog(props: ReasonDialogProps) {
  const t = useUiText();
  const [reason, setReason] = useState('');
  const [isAsked, setAsked] = useState(false);
  const isMissing = isAsked && !reason.trim();
  const act = () => {
    setAsked(true);
    if (reason.trim()) props.onAct(reason.trim());
  };
  return (
    <Modal
      open={props.isOpen}
      title={props.title}
      okText={props.act}
      cancelText={t('cancel')}
      okButtonProps={{ danger: props.isDangerous ?? false }}
      confirmLoading={props.isBusy}
      onOk={act}
      onCancel={props.onClose}
    >
      {props.note && <div className="dialog-note">{props.note}</div>}
      <Input.TextArea
        autoFocus
        aria-label={t('reason')}
        placeholder={t('reason')}
        autoSize={{ minRows: 3, maxRows: 8 }}
        maxLength={1000}
        status={isMissing ? 'error' : ''}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) act();
        }}
      />
      {isMissing && <p className="field-error">{t('reasonNeeded')}</p>}
      {Boolean(props.error) && <Failure error={props.error} />}
    </Modal>
  );
}
