import { Tabs } from 'antd';
import { Page } from '../../ui/page.tsx';
import { AccountsPanel } from './accounts-panel.tsx';
import { useIdentityText } from './texts.ts';
import { TokensPanel } from './tokens-panel.tsx';

/** The people and the machines that may come in for one's facility. */
export function AccountsScreen() {
  const t = useIdentityText();
  return (
    <Page title={t('accounts')} note={t('accountsNote')}>
      <Tabs
        items={[
          { key: 'people', label: t('people'), children: <AccountsPanel /> },
          { key: 'tokens', label: t('tokens'), children: <TokensPanel /> },
        ]}
      />
    </Page>
  );
}
