import { getRouteApi } from '@tanstack/react-router';
import { Tabs } from 'antd';
import { useMay } from '../../api/session.ts';
import { Page } from '../../ui/page.tsx';
import type { ImagingSearch } from './imaging-search.ts';
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
  const navigate = route.useNavigate();
  const set = (change: ImagingSearch) =>
    void navigate({ search: { ...search, page: undefined, ...change }, replace: true });
  return (
    <Page title={t('title')} note={t('note')}>
      <Tabs
        activeKey={search.tab ?? 'quarantine'}
        onChange={(tab) => set({ tab: tab as ImagingSearch['tab'] })}
        destroyOnHidden
        items={[
          { key: 'quarantine', label: t('quarantine'), children: <QuarantineList search={search} set={set} /> },
          { key: 'studies', label: t('studies'), children: <StudyList search={search} set={set} /> },
          ...(may('study:send') ? [{ key: 'upload', label: t('upload'), children: <UploadPane /> }] : []),
        ]}
      />
    </Page>
  );
}
