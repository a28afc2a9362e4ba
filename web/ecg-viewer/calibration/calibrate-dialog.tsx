import { Button, InputNumber, Modal, Segmented, Slider } from 'antd';
import { useState } from 'react';
import type { SayEcg } from '../texts.ts';
import { cardWidthMm, pxPerMmOfCard, pxPerMmOfDiagonal } from './calibration.ts';
import type { CalibrationHandle } from './use-calibration.ts';

interface CalibrateDialogProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly handle: CalibrationHandle;
  readonly say: SayEcg;
}

type Way = 'card' | 'size';

/** Finds out how large a millimetre is on this screen: by a card laid on it, or by the size that its maker states. */
export function CalibrateDialog({ isOpen, onClose, handle, say }: CalibrateDialogProps) {
  const [way, setWay] = useState<Way>('card');
  const [cardPx, setCardPx] = useState(() => Math.round(handle.calibration.pxPerMm * cardWidthMm));
  const [inches, setInches] = useState<number | null>(null);
  const found =
    way === 'card' ? pxPerMmOfCard(cardPx) : pxPerMmOfDiagonal(inches ?? 0, window.screen.width, window.screen.height);
  const keep = () => {
    if (found === null) return;
    handle.keep(found);
    onClose();
  };
  const buttons = [
    <Button
      key="forget"
      disabled={!handle.calibration.isCalibrated}
      onClick={() => {
        handle.forget();
        onClose();
      }}
    >
      {say('calibrateForget')}
    </Button>,
    <Button key="keep" type="primary" disabled={found === null} onClick={keep} data-testid="ecg-calibrate-apply">
      {say('apply')}
    </Button>,
  ];
  return (
    <Modal open={isOpen} onCancel={onClose} title={say('calibrate')} footer={buttons} width={640} destroyOnHidden>
      <Segmented<Way>
        aria-label={say('calibrate')}
        value={way}
        onChange={setWay}
        options={[
          { value: 'card', label: say('calibrateCard') },
          { value: 'size', label: say('calibrateSize') },
        ]}
      />
      {way === 'card' ? (
        <>
          <p>{say('calibrateCardHint')}</p>
          <div className="lze-card" style={{ width: cardPx, height: (cardPx * 53.98) / cardWidthMm }} />
          <Slider
            min={120}
            max={Math.min(1400, window.innerWidth - 60)}
            value={cardPx}
            onChange={setCardPx}
            ariaLabelForHandle={say('calibrateCard')}
            tooltip={{ formatter: (px) => `${px} px` }}
          />
        </>
      ) : (
        <>
          <p>{say('calibrateSizeHint')}</p>
          <InputNumber
            min={3}
            max={120}
            step={0.1}
            value={inches}
            onChange={setInches}
            suffix={say('calibrateInches')}
            aria-label={say('calibrateSize')}
          />
        </>
      )}
      {found !== null && (
        <>
          <p>{say('calibrateCheck')}</p>
          <div className="lze-check-line" style={{ width: found * 50 }} />
        </>
      )}
      {found === null && way === 'size' && inches !== null && <p role="alert">{say('impossible')}</p>}
    </Modal>
  );
}
