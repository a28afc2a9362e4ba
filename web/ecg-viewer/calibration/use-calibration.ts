import { useCallback, useEffect, useState } from 'react';
import { type Calibration, forgetCalibration, keepCalibration, keptCalibration, uncalibrated } from './calibration.ts';

export interface CalibrationHandle {
  readonly calibration: Calibration;
  readonly keep: (pxPerMm: number) => void;
  readonly forget: () => void;
}

/** What is known of this screen; read again when the window moves to another or the browser zooms. */
export function useCalibration(): CalibrationHandle {
  const [calibration, set] = useState(keptCalibration);
  useEffect(() => {
    const resized = () =>
      set((known) => {
        const now = keptCalibration();
        return now.pxPerMm === known.pxPerMm || (!now.isCalibrated && known.isCalibrated) ? known : now;
      });
    window.addEventListener('resize', resized);
    return () => window.removeEventListener('resize', resized);
  }, []);
  const keep = useCallback((pxPerMm: number) => {
    keepCalibration(pxPerMm);
    set({ pxPerMm, isCalibrated: true });
  }, []);
  const forget = useCallback(() => {
    forgetCalibration();
    set(uncalibrated);
  }, []);
  return { calibration, keep, forget };
}
