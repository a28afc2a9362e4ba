import { useMemo, useRef, useState } from 'react';
import type { EcgShown } from './company.ts';
import type { EcgViewerProps } from './ecg-viewer-props.ts';
import { firstLook } from './look.ts';
import type { MovedPoints } from './measuring/use-measuring.ts';
import { OpenEcg } from './open-ecg.tsx';
import type { EcgMeta, EcgRecording } from './source/ecg-source.ts';
import { firstRecording, isOneBeat } from './source/first-recording.ts';
import type { SayEcg } from './texts.ts';

interface RecordingsProps extends EcgViewerProps {
  readonly meta: EcgMeta;
  readonly say: SayEcg;
  readonly isNarrow: boolean;
}

/** What a reader leaves behind in one recording and finds there again. */
interface Left extends MovedPoints {
  shown?: EcgShown;
  calipers?: NonNullable<EcgViewerProps['calipers']>;
}

/** One of the recordings of a trace in the viewer. Among several people all see the first: a room knows of no other. */
export function Recordings(props: RecordingsProps) {
  const { meta, company } = props;
  const first = firstRecording(meta.recordings) as EcgRecording;
  const [chosen, choose] = useState(first.index);
  const left = useRef(new Map<number, Left>()).current;
  if (company) return <OpenEcg {...props} recording={first} />;
  const recording = meta.recordings.find(({ index }) => index === chosen) ?? first;
  return (
    <OneOfSeveral
      key={recording.index}
      {...props}
      recording={recording}
      first={first}
      left={left}
      onRecording={meta.recordings.length > 1 ? choose : undefined}
    />
  );
}

interface OneProps extends RecordingsProps {
  readonly recording: EcgRecording;
  readonly first: EcgRecording;
  readonly left: Map<number, Left>;
  readonly onRecording: ((index: number) => void) | undefined;
}

function OneOfSeveral({ first, left, ...props }: OneProps) {
  const { recording } = props;
  const mine = useMemo(() => {
    const kept = left.get(recording.index) ?? beginning(recording, left.get(first.index)?.shown);
    left.set(recording.index, kept);
    return kept;
  }, [left, recording, first]);
  // What is measured and saved belongs to the first; in the others one looks and measures for oneself.
  const { measurements, onMeasure, ...others } = props;
  return (
    <OpenEcg
      {...(recording === first ? props : others)}
      moved={mine}
      shown={mine.shown}
      onShown={(shown) => {
        mine.shown = shown;
      }}
      calipers={mine.calipers}
      onCalipers={(calipers) => {
        mine.calipers = calipers;
      }}
    />
  );
}

/** A rhythm begins with the look of the first; a beat with a row for each lead, over the whole width, at the faster speed. */
function beginning(recording: EcgRecording, first: EcgShown | undefined): Left {
  const look = first?.look ?? firstLook;
  if (isOneBeat(recording)) return { shown: { look: { ...look, layout: '12x1', speed: 50, zoom: 1 }, startMs: 0 } };
  return first ? { shown: { look, startMs: 0 } } : {};
}
