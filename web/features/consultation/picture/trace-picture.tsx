import type { TraceRow, TraceView } from '@lianzhen/contracts/ecg.ts';
import { useQuery } from '@tanstack/react-query';
import { ConfigProvider, Select, Spin } from 'antd';
import { useCallback, useMemo, useRef, useState } from 'react';
import { ask } from '../../../api/queries.ts';
import { useLanguage } from '../../../api/texts.ts';
import type { EcgCompany, EcgPoint, EcgShown } from '../../../ecg-viewer/company.ts';
import { EcgViewer } from '../../../ecg-viewer/ecg-viewer.tsx';
import { useHubSource } from '../../../ecg-viewer/source/use-hub-source.ts';
import { leaveField } from '../../../ui/leave-field.ts';
import { shortTime } from '../../../ui/time.ts';
import type { SharedRoom } from './shared-room.ts';
import { useSharedText } from './texts.ts';
import { traceMarks } from './trace-marks.ts';
import { traceShown, wantedTrace } from './trace-state.ts';
import { useMarks } from './use-marks.ts';
import type { Picture } from './use-picture.ts';
import type { Pointing } from './use-pointing.ts';

interface TracePictureProps {
  readonly room: SharedRoom;
  readonly studyUid: string;
  readonly picture: Picture;
  readonly pointing: Pointing;
  readonly author: string;
  readonly colour: string;
  readonly onRefused: () => void;
}

/** The viewer has paper of its own, which must not inherit the dark theme of images. */
const paper = { inherit: false };
const bound = { page: 1, pageSize: 50 } as const;

/** The electrocardiogram that everyone looks at: of a study with several recordings the leader chooses one. */
export function TracePicture(props: TracePictureProps) {
  const { studyUid, picture } = props;
  const t = useSharedText();
  const [chosen, choose] = useState<string | null>(null);
  const list = useQuery(ask('ecg', 'list', { studyInstanceUid: studyUid, ...bound }));
  const rows = list.data?.rows ?? [];
  const led = picture.view?.trace.sopInstanceUid ?? null;
  const wanted = picture.standing === 'following' ? led : (chosen ?? led);
  // Without a choice the newest that no better recording replaced.
  const row = rows.find((one) => one.sopInstanceUid === wanted) ?? newestOf(rows);
  const read = useQuery({ ...ask('ecg', 'read', { id: row?.id ?? '' }), enabled: row !== undefined });
  if (list.isError || read.isError) return <p className="shared-nothing">{t('traceFailed')}</p>;
  if (list.data && !row) return <p className="shared-nothing">{t('noTrace')}</p>;
  if (!read.data) return <Spin className="shared-nothing" />;
  return (
    <div className="shared-trace">
      {rows.length > 1 && row && picture.standing === 'following' && (
        <p className="shared-trace-name" data-testid="shared-trace-name">
          {nameOf(row)}
        </p>
      )}
      {rows.length > 1 && picture.standing !== 'following' && (
        <Select
          size="small"
          aria-label={t('traces')}
          value={row?.sopInstanceUid}
          onChange={choose}
          onSelect={leaveField}
          options={rows.map((one) => ({ value: one.sopInstanceUid, label: nameOf(one) }))}
          data-testid="shared-traces"
        />
      )}
      <OpenTrace key={read.data.id} {...props} view={read.data} />
    </div>
  );
}

const newestOf = (rows: readonly TraceRow[]) =>
  rows.find(({ replacedByTraceId, state }) => replacedByTraceId === null && state !== 'unreadable') ?? rows[0];

const nameOf = ({ acquiredAt, receivedAt, facilityName }: TraceRow): string =>
  `${acquiredAt?.replace('T', ' ').slice(0, 16) ?? shortTime(receivedAt)} · ${facilityName}`;

/** One trace in the viewer, with the look and the calipers of the room. */
function OpenTrace(props: TracePictureProps & { readonly view: TraceView }) {
  const { room, studyUid, picture, pointing, author, colour, onRefused, view } = props;
  const { seriesInstanceUid: seriesUid, sopInstanceUid } = view;
  const language = useLanguage();
  const source = useHubSource(view);
  const codec = useMemo(
    () => traceMarks({ studyUid, seriesUid, sopInstanceUid }),
    [studyUid, seriesUid, sopInstanceUid],
  );
  const { mine, others, canMark, change, removeOther } = useMarks(room, codec, onRefused);
  const { standing, tell, toggleFollow } = picture;
  const { cursors, point } = pointing;
  const isFollowing = standing === 'following';
  const company = useMemo(
    (): EcgCompany => ({
      ...{ sopInstanceUid, isFollowing, canMark, colour, cursors },
      calipers: others.map(({ mark, ...whose }) => ({ caliper: mark, ...whose })),
      onRemoveOther: removeOther,
      onPoint: (at: EcgPoint | null) =>
        point(at && { sopInstanceUid, frame: 1, lead: at.lead.slice(0, 16), at: { x: at.ms, y: at.uv } }),
      onToggleFollow: toggleFollow,
    }),
    [sopInstanceUid, isFollowing, canMark, colour, cursors, others, removeOther, point, toggleFollow],
  );
  const led = picture.view?.trace;
  const ledShown = useMemo(
    () => (led?.sopInstanceUid === sopInstanceUid ? traceShown(led) : undefined),
    [led, sopInstanceUid],
  );
  // Where the hub has more of the trace than before it is loaded anew, and goes on where it was.
  const last = useRef<EcgShown | undefined>(undefined);
  if (isFollowing) last.current = undefined;
  const onShown = useCallback(
    (now: EcgShown) => {
      last.current = now;
      tell(wantedTrace({ studyUid, seriesUid, sopInstanceUid }, now));
    },
    [tell, studyUid, seriesUid, sopInstanceUid],
  );
  if (!source) return null;
  return (
    <ConfigProvider theme={paper}>
      <div className="shared-trace-viewer">
        <EcgViewer
          source={source}
          language={language}
          mode="consult"
          author={author}
          shown={last.current ?? ledShown}
          onShown={onShown}
          calipers={mine}
          onCalipers={change}
          company={company}
        />
      </div>
    </ConfigProvider>
  );
}
