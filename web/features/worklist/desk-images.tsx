import { CloseOutlined } from '@ant-design/icons';
import { dayText } from '@lianzhen/contracts/report-dates.ts';
import { Button, ConfigProvider, Segmented } from 'antd';
import { useCallback, useState } from 'react';
import { useSession } from '../../api/session.ts';
import { useLanguage } from '../../api/texts.ts';
import { Nothing } from '../../ui/nothing.tsx';
import { ToneTag } from '../../ui/tone-tag.tsx';
import { StudyViewer } from '../../viewer/study-viewer.tsx';
import { sourceOf } from './study-sources.ts';
import { useWorklistText } from './texts.ts';
import { useLoadedRevisions } from './use-loaded-revisions.ts';
import type { Kase } from './use-open-case.ts';

interface DeskImagesProps {
  kase: Kase;
  isReview: boolean;
  beside: string | undefined;
  onEndBeside: () => void;
  onSeen: (studyUid: string, percentBySeries: Readonly<Record<string, number>>) => void;
}

/** The viewer has a dark theme of its own, which must not inherit the dark ink of a bright page. */
const darkRoom = { inherit: false };

/** The images: one study of the case, and a prior one beside it where that is wished. */
export function DeskImages({ kase, isReview, beside, onEndBeside, onSeen }: DeskImagesProps) {
  const t = useWorklistText();
  const language = useLanguage();
  const { displayName } = useSession();
  const [chosen, choose] = useState<string>();
  const { revisionOf, load } = useLoadedRevisions(kase.studies);
  const { studies, priors } = kase;
  const open = studies.find(({ studyInstanceUid }) => studyInstanceUid === chosen) ?? studies[0];
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
  const isNewer = open.revision > revision;
  const mode = isReview ? 'review' : 'read';
  const prior = priors.find(({ studyInstanceUid }) => studyInstanceUid === beside);
  return (
    <div className="desk-images">
      {(studies.length > 1 || isNewer) && (
        <div className="desk-studies">
          {studies.length > 1 && (
            <Segmented
              size="small"
              value={uid}
              onChange={(next) => choose(next)}
              options={studies.map((study, at) => ({
                value: study.studyInstanceUid,
                label: <StudyLabel study={study} at={at} />,
              }))}
            />
          )}
          {isNewer && (
            <Button size="small" type="primary" onClick={() => load(open)} data-testid="load-late">
              {t('loadLate')}
            </Button>
          )}
        </div>
      )}
      <ConfigProvider theme={darkRoom}>
        <div className={prior ? 'desk-viewers desk-two' : 'desk-viewers'}>
          <div className="desk-viewer">
            <StudyViewer
              key={uid}
              source={sourceOf(uid, revision)}
              language={language}
              mode={mode}
              author={displayName}
              onSeen={tellSeen}
            />
          </div>
          {prior && (
            <div className="desk-viewer desk-prior">
              <div className="desk-prior-head">
                <ToneTag tone="warn">{t('priors')}</ToneTag>
                <b className="num">{dayText(prior.studyDate)}</b>
                <span>{prior.description}</span>
                <Button
                  size="small"
                  type="text"
                  icon={<CloseOutlined />}
                  aria-label={t('endCompare')}
                  onClick={onEndBeside}
                />
              </div>
              <StudyViewer
                key={prior.studyInstanceUid}
                source={sourceOf(prior.studyInstanceUid)}
                language={language}
                mode={mode}
                author={displayName}
              />
            </div>
          )}
        </div>
      </ConfigProvider>
    </div>
  );
}

function StudyLabel({ study, at }: { study: Kase['studies'][number]; at: number }) {
  const t = useWorklistText();
  return (
    <span title={study.accessionNumber ?? undefined}>
      {study.modalities.join('/')} {study.description ?? `${t('study')} ${at + 1}`} ·{' '}
      {t('imageCount', { n: study.instanceCount })}
      {study.lateInstances > 0 && <ToneTag tone="warn"> {t('lateIn', { n: study.lateInstances })}</ToneTag>}
    </span>
  );
}
