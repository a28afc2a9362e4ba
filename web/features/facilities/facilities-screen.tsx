import { Tabs } from 'antd';
import { useMay } from '../../api/session.ts';
import { Page } from '../../ui/page.tsx';
import { AgreementList } from './agreement-list.tsx';
import { DeviceList } from './device-list.tsx';
import { NetworkList } from './network-list.tsx';
import { useFacilitiesText } from './texts.ts';

/** Who may send what to whom, and which machines belong to us. */
export function FacilitiesScreen() {
  const t = useFacilitiesText();
  const may = useMay();
  return (
    <Page title={t('title')} note={t('note')}>
      <Tabs
        destroyOnHidden
        items={[
          ...(may('agreement:read')
            ? [{ key: 'agreements', label: t('agreements'), children: <AgreementList /> }]
            : []),
          { key: 'devices', label: t('devices'), children: <DeviceList /> },
          { key: 'network', label: t('network'), children: <NetworkList /> },
        ]}
      />
    </Page>
  );
}
