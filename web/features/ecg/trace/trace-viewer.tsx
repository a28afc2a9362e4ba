import type { TraceView } from '@lianzhen/contracts/ecg.ts';
import { ConfigProvider } from 'antd';
import { useSession } from '../../../api/session.ts';
import { useLanguage } from '../../../api/texts.ts';
import { EcgViewer } from '../../../ecg-viewer/ecg-viewer.tsx';
import type { EcgMode } from '../../../ecg-viewer/modes.ts';
import { useHubSource } from '../../../ecg-viewer/source/use-hub-source.ts';
import { useSaveMeasurements } from '../desk/use-save-measurements.ts';
import { newestSet } from '../numbers.ts';

interface TraceViewerProps {
  view: TraceView;
  earlier?: TraceView | undefined;
  mode: EcgMode;
}

/** The viewer has paper of its own, which must not inherit the theme of the page. */
const paper = { inherit: false };

/** A trace at the hub in the viewer, with what was measured in it and, where there is one, an earlier one to compare. */
export function TraceViewer({ view, earlier, mode }: TraceViewerProps) {
  const language = useLanguage();
  const { displayName } = useSession();
  const source = useHubSource(view);
  const earlierSource = useHubSource(earlier);
  const save = useSaveMeasurements(view);
  if (!source) return null;
  return (
    <ConfigProvider theme={paper}>
      <div className="ecg-viewer-box">
        <EcgViewer
          key={view.id}
          source={source}
          earlier={earlierSource}
          language={language}
          mode={mode}
          author={displayName}
          measurements={newestSet(view)}
          {...(save && mode !== 'glance' ? { onMeasure: save } : {})}
        />
      </div>
    </ConfigProvider>
  );
}
