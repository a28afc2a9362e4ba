import { Slider } from 'antd';
import { useDesk } from '../desk/desk.ts';

/** How fast a stack is played, while it is. */
export function CineBar() {
  const { cineRate, setCineRate, say, company } = useDesk();
  if (cineRate === null || company?.isFollowing) return null;
  return (
    <div className="lzv-cine">
      <Slider
        min={1}
        max={60}
        value={cineRate}
        onChange={setCineRate}
        tooltip={{ open: false }}
        aria-label={say('command.cine.toggle')}
      />
      <span>{say('framesPerSecond', { rate: cineRate })}</span>
    </div>
  );
}
