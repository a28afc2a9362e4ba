import { getRouteApi } from '@tanstack/react-router';
import { Tabs } from 'antd';
import { useMay } from '../../api/session.ts';
import { Page } from '../../ui/page.tsx';
import { type ImagingSearch, imagingTabs, shownTab } from './imaging-search.ts';
import { QuarantineList } from './quarantine-list.tsx';
import { StudyList } from './study-list.tsx';
import { useImagingText } from './texts.ts';
import { UploadPane } from './upload-pane.tsx';

const route = getRouteApi('/imaging');

/** What the machines sent: identities that a person must check first, and all studies. */
export function ImagingScreen() {
  const t = useImagingText();
  const may = useMay();
  const search = route.useSearch();
  const tabs = imagingTabs(may);
  const navigate = route.useNavigate();
  const set = (change: ImagingSearch) =>
    void navigate({ search: { ...search, page: undefined, ...change }, replace: true });
  const panes = {
    quarantine: <QuarantineList search={search} set={set} />,
    studies: <StudyList search={search} set={set} />,
    upload: <UploadPane />,
  };
  return (
    <Page title={t('title')} note={t('note')}>
      <Tabs
        activeKey={shownTab(search.tab, tabs)}
        onChange={(tab) => set({ tab: tab as ImagingSearch['tab'] })}
        destroyOnHidden
        items={tabs.map((key) => ({ key, label: t(key), children: panes[key] }))}
      />
    </Page>
  );
}
