import { App, Button, ConfigProvider, Result, Spin } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import { useEffect, useMemo, useRef } from 'react';
import type { Company } from './company.ts';
import { useFrameStore } from './desk/use-frame-store.ts';
import { useStudy } from './desk/use-study.ts';
import type { ViewerMode } from './modes.ts';
import { OpenViewer } from './open-viewer.tsx';
import type { ViewerStudy } from './source/study-model.ts';
import type { StudySource } from './source/study-source.ts';
import type { Measurement, ViewerState } from './state.ts';
import { type SayText, useViewerTexts, type ViewerLanguage } from './texts.ts';
import { viewerTheme } from './theme.ts';
import './viewer.css';

export interface StudyViewerProps {
  /** Keep the same object while the same study is shown: a new one is loaded anew. */
  readonly source: StudySource;
  readonly language: ViewerLanguage;
  readonly mode?: ViewerMode;
  /** Shown instead of what the reader sees, whenever it changes: the state of another screen, or a saved one. */
  readonly state?: ViewerState;
  readonly onState?: (state: ViewerState) => void;
  readonly measurements?: readonly Measurement[];
  readonly onMeasurements?: (measurements: readonly Measurement[]) => void;
  /** Who measures; written into new measurements. */
  readonly author?: string;
  /** Present when several people look at the same: who leads, others' marks and cursors. */
  readonly company?: Company | undefined;
  /** Told how much of each series has been on screen, in whole percent. */
  readonly onSeen?: (percentBySeries: Readonly<Record<string, number>>) => void;
}

/** Shows the images of one study. It fills the element it is put in, which has to have a height. */
export function StudyViewer(props: StudyViewerProps) {
  const { source, language } = props;
  const say = useViewerTexts(language);
  const load = useStudy(source);
  const hasNothing = load.state === 'failed' && load.problem.code === 'no-images';
  const tellSeen = useRef(props.onSeen);
  tellSeen.current = props.onSeen;
  useEffect(() => {
    // Whoever opened a study without pictures has seen all that there is of it.
    if (hasNothing) tellSeen.current?.({});
  }, [hasNothing]);
  return (
    <ConfigProvider theme={viewerTheme} locale={language === 'zh' ? zhCN : enUS} button={{ autoInsertSpace: false }}>
      <App component={false}>
        {load.state === 'ready' ? (
          <Opened key={load.study.studyUid} {...props} study={load.study} refresh={load.refresh} say={say} />
        ) : (
          <div className="lzv lzv-waiting" data-testid="viewer" data-rendered="false">
            {load.state === 'loading' ? (
              <Spin description={say('loading')} />
            ) : (
              <Result
                status="error"
                title={say('cannotOpen')}
                subTitle={say(`problem.${load.problem.code}`, load.problem.details)}
                extra={<Button onClick={load.retry}>{say('retry')}</Button>}
              />
            )}
          </div>
        )}
      </App>
    </ConfigProvider>
  );
}

interface OpenedProps extends StudyViewerProps {
  readonly study: ViewerStudy;
  readonly say: SayText;
  readonly refresh: () => void;
}

function Opened({ source, study, say, mode = 'read', author = '', ...others }: OpenedProps) {
  const store = useFrameStore(source, study.studyUid);
  const input = useMemo(() => ({ study, say, mode, author }), [study, say, mode, author]);
  if (!store) return <div className="lzv lzv-waiting" data-testid="viewer" data-rendered="false" />;
  return <OpenViewer {...input} {...others} store={store} />;
}
