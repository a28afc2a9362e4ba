import { useDesk } from '../desk/desk.ts';
import type { LoadedImage } from '../frames/loaded-image.ts';
import { calibrationAt } from '../measure/calibration.ts';
import { scaleBar, scaleBarText } from '../measure/scale-bar.ts';
import { type Frame, fitScale } from '../measure/view-transform.ts';
import type { ViewportState } from '../state.ts';

interface MarkProps {
  readonly loaded: LoadedImage;
  readonly frame: Frame;
  readonly viewport: ViewportState;
}

/** A bar of a round length at the bottom, where the picture is calibrated; ultrasound is asked for its middle. */
export function ScaleBarMark({ loaded, frame, viewport }: MarkProps) {
  const { say } = useDesk();
  const middle = { x: frame.columns / 2, y: frame.rows / 2 };
  const calibration = calibrationAt(loaded.image.header, [middle]);
  if (calibration.kind === 'none') return null;
  // The scale is of the shorter side of a pixel; the longer one is stretched to its own spacing.
  const pixels = viewport.scale * fitScale(frame, viewport.rotation);
  const bar = scaleBar(pixels / Math.min(...calibration.spacing), Math.min(160, frame.width / 3));
  if (!bar) return null;
  return (
    <div className="lzv-scalebar" style={{ width: bar.pixels }}>
      <span>
        {scaleBarText(bar.millimetres)}
        {calibration.kind === 'detector' && ` · ${say('atDetector')}`}
      </span>
    </div>
  );
}
