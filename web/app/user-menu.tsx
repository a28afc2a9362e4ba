import { LogoutOutlined, SettingOutlined, UserOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Button, Dropdown } from 'antd';
import { forgetSyncedDrafts } from '../api/drafts/draft-keeper.ts';
import { useAct } from '../api/queries.ts';
import { useSession } from '../api/session.ts';
import { speak, useAside, useLanguage } from '../api/texts.ts';
import { useAppText } from './texts.ts';

/** Switches between Chinese and English here and, for the next log-in elsewhere, in the account. */
export function LanguageSwitch() {
  const t = useAppText();
  const language = useLanguage();
  const cache = useQueryClient();
  const save = useAct('identity', 'setLanguage', {
    onSuccess: (session) => cache.setQueryData(['identity', 'session', {}], session),
  });
  const other = language === 'zh' ? 'en' : 'zh';
  const change = () => {
    void speak(other);
    save.mutate({ language: other });
  };
  return (
    <Button type="text" size="small" lang={other === 'zh' ? 'zh-CN' : 'en'} onClick={change} data-testid="language">
      {t('switchLanguage')}
    </Button>
  );
}

export function UserMenu({ isShort }: { isShort: boolean }) {
  const t = useAppText();
  const aside = useAside();
  const session = useSession();
  const navigate = useNavigate();
  const cache = useQueryClient();
  // The next person at this machine must find nothing of the last one: a fresh page holds no state at all.
  const logOut = useAct('identity', 'logOut', {
    onSuccess: () => {
      forgetSyncedDrafts(window.localStorage, session.accountId);
      cache.clear();
      window.location.assign('/');
    },
  });
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: [
          { key: 'name', label: `${session.displayName}${aside(session.username)}`, disabled: true },
          { type: 'divider' },
          { key: 'account', icon: <SettingOutlined />, label: t('account') },
          { key: 'log-out', icon: <LogoutOutlined />, label: <span data-testid="log-out">{t('logOut')}</span> },
        ],
        onClick: ({ key }) => {
          if (key === 'account') void navigate({ to: '/account' });
          if (key === 'log-out') logOut.mutate({});
        },
      }}
    >
      <Button type="text" icon={<UserOutlined />} data-testid="user-menu" aria-label={session.displayName}>
        {isShort ? '' : session.displayName}
      </Button>
    </Dropdown>
  );
}
