import { ConfigProvider } from 'antd';
import { useCallback, useState } from 'react';
import { useSession } from '../../api/session.ts';
import { useLanguage } from '../../api/texts.ts';
import { Nothing } from '../../ui/nothing.tsx';
import type { Hold } from './desk-parts.ts';
import { MarkedViewer } from './marked-viewer.tsx';
import { PriorViewer } from './prior-viewer.tsx';
import { StudyChoice } from './study-choice.tsx';
import { sourceOf } from './study-sources.ts';
import { useWorklistText } from './texts.ts';
import type { BeforeLeaving } from './use-case-marks.ts';
import { useLoadedRevisions } from './use-loaded-revisions.ts';
import type { Kase } from './use-open-case.ts';

interface DeskImagesProps {
  kase: Kase;
  isReview: boolean;
  hold: Hold | null;
  beforeLeaving: BeforeLeaving;
  beside: string | undefined;
  onEndBeside: () => void;
  onSeen: (studyUid: string, percentBySeries: Readonly<Record<string, number>>) => void;
}

/** The viewer has a dark theme of its own, which must not inherit the dark ink of a bright page. */
const darkRoom = { inherit: false };

/** The images: one study of the case, and a prior one beside it where that is wished. */
export function DeskImages({ kase, isReview, beside, onEndBeside, onSeen, ...holding }: DeskImagesProps) {
  const t = useWorklistText();
  const language = useLanguage();
  const { displayName } = useSession();
  const [chosen, choose] = useState<string>();
  const { revisionOf, load } = useLoadedRevisions(kase.studies);
  const open = kase.studies.find(({ studyInstanceUid }) => studyInstanceUid === chosen) ?? kase.studies[0];
  const uid = open?.studyInstanceUid;
  const tellSeen = useCallback(
    (percent: Readonly<Record<string, number>>) => uid && onSeen(uid, percent),
    [uid, onSeen],
  );
  if (!open || !uid)
    return (
      <div className="desk-images desk-no-images">
        <Nothing text={t('noStudies')}>{t('noStudiesNote')}</Nothing>
      </div>
    );
  const revision = revisionOf(open);
  const prior = kase.priors.find(({ studyInstanceUid }) => studyInstanceUid === beside);
  const reader = { language, mode: isReview ? 'review' : 'read', author: displayName } as const;
  return (
    <div className="desk-images">
      <StudyChoice
        studies={kase.studies}
        open={open}
        isNewer={open.revision > revision}
        onChoose={choose}
        onLoad={load}
      />
      <ConfigProvider theme={darkRoom}>
        <div className={prior ? 'desk-viewers desk-two' : 'desk-viewers'}>
          <MarkedViewer
            key={uid}
            {...{ ...reader, ...holding, caseId: kase.id, studyUid: uid }}
            source={sourceOf(uid, revision)}
            onSeen={tellSeen}
          />
          {prior && <PriorViewer key={prior.studyInstanceUid} {...reader} prior={prior} onEnd={onEndBeside} />}
        </div>
      </ConfigProvider>
    </div>
  );
}
