import { Button, Modal } from 'antd';
import { useState } from 'react';
import { useReportingText } from './texts.ts';
import type { Sign } from './use-sign.ts';

/** Gives up a correction. What was written is gone for good, so that one is asked first and told what stays. */
export function AbandonCorrection({ sign, isBlocked }: { sign: Sign; isBlocked: boolean }) {
  const t = useReportingText();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button
        danger
        loading={sign.busy === 'abandoned'}
        disabled={isBlocked}
        onClick={() => setOpen(true)}
        data-testid="abandon-correction"
      >
        {t('abandon')}
      </Button>
      <Modal
        open={isOpen}
        title={t('abandonTitle')}
        okText={t('abandon')}
        cancelText={t('goOnCorrecting')}
        okButtonProps={{ danger: true }}
        onOk={() => {
          setOpen(false);
          sign.run('abandoned');
        }}
        onCancel={() => setOpen(false)}
      >
        {t('abandonNote')}
      </Modal>
    </>
  );
}
