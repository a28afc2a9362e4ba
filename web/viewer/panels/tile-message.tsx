import { LoadingOutlined, WarningOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useDesk } from '../desk/desk.ts';
import type { ViewerProblem } from '../problem.ts';
import type { ViewerImage } from '../source/study-model.ts';

interface MessageProps {
  readonly image: ViewerImage | undefined;
  readonly problem: ViewerProblem | undefined;
  readonly isLoading: boolean;
}

/** Why there is no picture on a tile: nothing chosen, on its way, or what went wrong with it. */
export function TileMessage({ image, problem, isLoading }: MessageProps) {
  const { say, store, company } = useDesk();
  if (!image && !isLoading) return <p className="lzv-message lzv-hint">{say('emptyTile')}</p>;
  if (image && problem) {
    const syntax = problem.details.stored ?? '';
    return (
      <div className="lzv-message lzv-problem" role="alert">
        <WarningOutlined aria-hidden />
        <strong>{say('cannotShow')}</strong>
        <span>{say(`problem.${problem.code}`, problem.details)}</span>
        {syntax && <span>{say('storedAs', { syntax })}</span>}
        <Button size="small" onClick={() => store.retry(image)} onPointerDown={(event) => event.stopPropagation()}>
          {say('retry')}
        </Button>
      </div>
    );
  }
  if (!isLoading) return null;
  return (
    <p className="lzv-message lzv-loading" role="status">
      <LoadingOutlined aria-hidden /> {say(company?.isFollowing ? 'loadingLeader' : 'loadingImage')}
    </p>
  );
}
