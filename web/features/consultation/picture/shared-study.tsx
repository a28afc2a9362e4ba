import { mayInRoom } from '@lianzhen/contracts/room-signals.ts';
import { App, ConfigProvider } from 'antd';
import { useCallback, useEffect, useMemo, useSyncExternalStore } from 'react';
import { useLanguage } from '../../../api/texts.ts';
import type { Company } from '../../../viewer/company.ts';
import { dicomwebSource } from '../../../viewer/source/dicomweb-source.ts';
import type { ViewerState } from '../../../viewer/state.ts';
import { StudyViewer } from '../../../viewer/study-viewer.tsx';
import { viewerTheme } from '../../../viewer/theme.ts';
import { Allowance, browserClock, followerBytes, leaderBytes } from './allowance.ts';
import { imageMarks } from './room-marks.ts';
import { SharedBar } from './shared-bar.tsx';
import type { SharedRoom, SharedStudyChoice } from './shared-room.ts';
import { choiceTitle } from './study-choices.ts';
import { useSharedText } from './texts.ts';
import { TracePicture } from './trace-picture.tsx';
import { useMarks } from './use-marks.ts';
import { usePicture } from './use-picture.ts';
import { usePointing } from './use-pointing.ts';
import { viewerState, wantedView } from './view-state.ts';
import './shared-study.css';

interface SharedStudyProps {
  readonly room: SharedRoom;
  /** The studies attached to the consultation. */
  readonly studies: readonly SharedStudyChoice[];
}

/** The picture that everyone in a room looks at. It fills the element it is put in, which has to have a height. */
export function SharedStudy({ room, studies }: SharedStudyProps) {
  const t = useSharedText();
  const you = useSyncExternalStore(room.subscribe, () => room.getSnapshot().you);
  if (!you) return null;
  if (!mayInRoom(you.role, 'view')) return <p className="shared-nothing">{t('notForRole')}</p>;
  if (studies.length === 0) return <p className="shared-nothing">{t('noStudies')}</p>;
  return (
    <ConfigProvider theme={viewerTheme}>
      <App component={false}>
        <OpenPicture room={room} studies={studies} />
      </App>
    </ConfigProvider>
  );
}

function OpenPicture({ room, studies }: SharedStudyProps) {
  const t = useSharedText();
  const language = useLanguage();
  const { message } = App.useApp();
  const { you, peers, leadPeerId, view } = useRoomParts(room);
  const isLeading = you !== null && you.peerId === leadPeerId;
  const allowance = useMemo(() => new Allowance(isLeading ? leaderBytes : followerBytes, browserClock), [isLeading]);
  const picture = usePicture(room, allowance);
  const pointing = usePointing(room, allowance);
  const { cursors, point } = pointing;
  const warn = () => message.warning({ key: 'mark', content: t('markRefused') });
  const marks = useMarks(room, imageMarks, warn);
  const { standing, studyUid, toggleFollow } = picture;
  const canLead = you !== null && mayInRoom(you.role, 'lead');

  const takeLead = () => {
    room.takeLead().catch(() => message.warning({ key: 'lead', content: t('leadRefused') }));
  };
  const choose = (uid: string) => {
    picture.choose(uid);
    if (leadPeerId === null && canLead) takeLead();
  };
  // Another screen may have gone on to a frame the pointer never left.
  useEffect(() => () => point(null), [point]);

  const colour = you?.colour ?? '';
  const isFollowing = standing === 'following';
  const { others, canMark, removeOther } = marks;
  const company = useMemo(
    (): Company => ({
      isFollowing,
      canMark,
      colour,
      marks: others,
      onRemoveOther: removeOther,
      cursors,
      onPoint: point,
      onToggleFollow: toggleFollow,
    }),
    [isFollowing, canMark, colour, others, removeOther, cursors, point, toggleFollow],
  );
  const source = useMemo(() => (studyUid ? dicomwebSource(studyUid) : null), [studyUid]);
  const state = useMemo(() => picture.view && viewerState(picture.view), [picture.view]);
  const tell = useCallback(
    (shown: ViewerState) => studyUid !== null && picture.tell(wantedView(studyUid, shown)),
    [studyUid, picture.tell],
  );
  const choiceOf = (uid: string | null) => studies.find((study) => study.studyInstanceUid === uid);
  const titleOf = (uid: string | null) => {
    const choice = choiceOf(uid);
    return choice ? choiceTitle(choice, t('trace')) : null;
  };
  const choice = choiceOf(studyUid);
  const leader = [you, ...peers].find((peer) => peer?.peerId === leadPeerId) ?? null;
  return (
    <div className="shared-study" data-testid="shared-study">
      <SharedBar
        studies={studies}
        studyUid={studyUid}
        standing={standing}
        leader={leader}
        leaderStudy={view.studyUid === studyUid ? null : titleOf(view.studyUid)}
        canLead={canLead}
        onChoose={choose}
        onToggleFollow={toggleFollow}
        onTakeLead={takeLead}
      />
      <div className="shared-picture">
        {studyUid && choice?.isTrace ? (
          <TracePicture
            key={studyUid}
            room={room}
            studyUid={studyUid}
            picture={picture}
            pointing={pointing}
            author={you?.name ?? ''}
            colour={colour}
            onRefused={warn}
          />
        ) : source && choice ? (
          <StudyViewer
            key={studyUid}
            source={source}
            language={language}
            mode="consult"
            author={you?.name ?? ''}
            {...(state && { state })}
            onState={tell}
            measurements={marks.mine}
            onMeasurements={marks.change}
            company={company}
          />
        ) : (
          <p className="shared-nothing">
            {source ? t('notAttached') : canLead && !leader ? t('chooseToBegin') : t('waiting')}
          </p>
        )}
      </div>
    </div>
  );
}

/** The parts of a room this page is drawn from; a word of the chat draws nothing anew. */
function useRoomParts(room: SharedRoom) {
  const you = useSyncExternalStore(room.subscribe, () => room.getSnapshot().you);
  const peers = useSyncExternalStore(room.subscribe, () => room.getSnapshot().peers);
  const leadPeerId = useSyncExternalStore(room.subscribe, () => room.getSnapshot().leadPeerId);
  const view = useSyncExternalStore(room.subscribe, () => room.getSnapshot().view);
  return { you, peers, leadPeerId, view };
}
