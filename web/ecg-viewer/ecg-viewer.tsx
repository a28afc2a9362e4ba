import { App, Button, ConfigProvider, Result, Spin } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import { useRef } from 'react';
import type { EcgViewerProps } from './ecg-viewer-props.ts';
import { PictureTrace } from './panels/picture-trace.tsx';
import { Recordings } from './recordings.tsx';
import { useTrace } from './source/use-trace.ts';
import { useSize } from './stage/use-size.ts';
import { useEcgTexts } from './texts.ts';
import './ecg-viewer.css';

/** Shows one electrocardiogram. It fills the element it is put in, which has to have a height. */
export function EcgViewer(props: EcgViewerProps) {
  const { source, language } = props;
  const say = useEcgTexts(language);
  const load = useTrace(source);
  const root = useRef<HTMLDivElement>(null);
  const { width } = useSize(root);
  return (
    <ConfigProvider
      locale={language === 'zh' ? zhCN : enUS}
      theme={{ token: { fontSize: 14, motion: false } }}
      button={{ autoInsertSpace: false }}
    >
      <App component={false}>
        <div ref={root} className="lze-root">
          {load.state === 'loading' && (
            <div className="lze-waiting" data-testid="ecg" data-rendered="false">
              <Spin description={say('loading')} />
            </div>
          )}
          {load.state === 'failed' && (
            <div className="lze-waiting" data-testid="ecg" data-rendered="false">
              <Result
                status="error"
                title={say('cannotOpen')}
                subTitle={load.message}
                extra={<Button onClick={load.retry}>{say('retry')}</Button>}
              />
            </div>
          )}
          {load.state === 'ready' && load.meta.recordings.length === 0 && <PictureTrace meta={load.meta} say={say} />}
          {load.state === 'ready' && load.meta.recordings.length > 0 && width > 0 && (
            <Recordings key={load.key} {...props} meta={load.meta} say={say} isNarrow={width < 640} />
          )}
        </div>
      </App>
    </ConfigProvider>
  );
}
