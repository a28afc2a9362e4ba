import { CheckCircleOutlined, SettingOutlined } from '@ant-design/icons';
import { Button, Modal } from 'antd';
import { useEffect, useState } from 'react';
import { LocalDevices } from '../../call/local-devices.ts';
import { usePart } from '../../call/use-room.ts';
import { useNarrow } from '../../ui/use-narrow.ts';
import { DevicePanel } from './device-panel.tsx';
import { useConsultationText } from './texts.ts';

/** Before the session: is the right microphone heard, is the right camera seen. What is chosen is remembered here. */
export function DeviceCheckButton() {
  const t = useConsultationText();
  const isNarrow = useNarrow();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button icon={<SettingOutlined />} onClick={() => setOpen(true)} data-testid="check-devices">
        {isNarrow ? t('checkShort') : t('checkDevices')}
      </Button>
      {isOpen && <DeviceCheck onClose={() => setOpen(false)} />}
    </>
  );
}

function DeviceCheck({ onClose }: { onClose: () => void }) {
  const t = useConsultationText();
  const [devices, setDevices] = useState<LocalDevices>();
  useEffect(() => {
    const opened = new LocalDevices(window.localStorage, window.sessionStorage);
    setDevices(opened);
    void opened.open('microphone').then(() => opened.open('camera'));
    return () => opened.dispose();
  }, []);
  if (!devices) return null;
  return <Dialog devices={devices} title={t('checkDevices')} onClose={onClose} />;
}

interface DialogProps {
  devices: LocalDevices;
  title: string;
  onClose: () => void;
}

function Dialog({ devices, title, onClose }: DialogProps) {
  const t = useConsultationText();
  const problems = usePart(devices, (state) => state.problems);
  const pass = () => {
    devices.pass();
    onClose();
  };
  return (
    <Modal open title={title} okText={t('checkPassed')} onOk={pass} onCancel={onClose} width={560}>
      <DevicePanel devices={devices} hasPreview />
      {Object.keys(problems).length === 0 && (
        <p className="tone-good">
          <CheckCircleOutlined /> {t('checkRemembered')}
        </p>
      )}
    </Modal>
  );
}
