import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Tabs } from 'antd';
import { ask } from '../../api/queries.ts';
import { useMay } from '../../api/session.ts';
import { Page } from '../../ui/page.tsx';
import { AgreementList } from './agreement-list.tsx';
import { CentreList } from './centre-list.tsx';
import { DeviceList } from './device-list.tsx';
import { ExpertList } from './experts/expert-list.tsx';
import { useExpertText } from './experts/texts.ts';
import { NetworkList } from './network-list.tsx';
import { useSetupText } from './setup-texts.ts';
import { SystemList } from './system-list.tsx';
import { useFacilitiesText } from './texts.ts';

/** Who may send what to whom, and what belongs to us: centres, machines, systems, facilities below. */
export function FacilitiesScreen() {
  const t = useFacilitiesText();
  const setup = useSetupText();
  const expert = useExpertText();
  const may = useMay();
  // Who watches over a centre or reads for it does not see its settings.
  const centres = useQuery({ ...ask('ecg', 'ruleCentres'), enabled: !may('facility:manage') });
  const hasRules = (centres.data ?? []).length > 0;
  return (
    <Page
      title={t('title')}
      note={t('note')}
      actions={hasRules && <Link to="/facilities/ecg-rules">{setup('ecg-rules')}</Link>}
    >
      <Tabs
        destroyOnHidden
        items={[
          ...(may('agreement:read')
            ? [{ key: 'agreements', label: t('agreements'), children: <AgreementList /> }]
            : []),
          ...(may('facility:manage') ? [{ key: 'centres', label: setup('centres'), children: <CentreList /> }] : []),
          ...(may('facility:manage') ? [{ key: 'experts', label: expert('tab'), children: <ExpertList /> }] : []),
          { key: 'devices', label: t('devices'), children: <DeviceList /> },
          ...(may('facility:manage') ? [{ key: 'systems', label: setup('systems'), children: <SystemList /> }] : []),
          { key: 'network', label: t('network'), children: <NetworkList /> },
        ]}
      />
    </Page>
  );
}
