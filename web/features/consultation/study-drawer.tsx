import { ConfigProvider, Drawer } from 'antd';
import { useMemo } from 'react';
import { useLanguage } from '../../api/texts.ts';
import { dicomwebSource } from '../../viewer/source/dicomweb-source.ts';
import { StudyViewer } from '../../viewer/study-viewer.tsx';

interface StudyDrawerProps {
  study: { studyInstanceUid: string; description: string | null };
  onClose: () => void;
}

/** The viewer has a dark theme of its own, which must not inherit the dark ink of a bright page. */
const darkRoom = { inherit: false };

/** An attached study over the whole page: a look before or after the session. */
export function StudyDrawer({ study, onClose }: StudyDrawerProps) {
  const language = useLanguage();
  const source = useMemo(() => dicomwebSource(study.studyInstanceUid), [study.studyInstanceUid]);
  return (
    <Drawer
      open
      onClose={onClose}
      size="100%"
      title={study.description}
      styles={{ body: { padding: 0, background: '#000' } }}
    >
      <ConfigProvider theme={darkRoom}>
        <StudyViewer source={source} language={language} mode="glance" />
      </ConfigProvider>
    </Drawer>
  );
}
