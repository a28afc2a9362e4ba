import { MenuOutlined } from '@ant-design/icons';
import { Link, Outlet, useMatches } from '@tanstack/react-router';
import { Button, Drawer, Layout } from 'antd';
import { useState } from 'react';
import { mayIn, useSession } from '../api/session.ts';
import { AlarmBar } from '../features/ecg/alarm/alarm-bar.tsx';
import { Nothing } from '../ui/nothing.tsx';
import { useUiText } from '../ui/texts.ts';
import { useNarrow } from '../ui/use-narrow.ts';
import { LinkBanner, LinkStatus } from './link-status.tsx';
import { Navigation } from './navigation.tsx';
import { useAppText } from './texts.ts';
import { LanguageSwitch, UserMenu } from './user-menu.tsx';
import './shell.css';

function Brand() {
  const t = useAppText();
  return (
    <Link to="/" className="shell-brand">
      <b>{t('brand')}</b>
    </Link>
  );
}

/** The menu: beside the page on a desk, over it on a phone, its icons alone beside a page that needs the width. */
function Side({ isWide, isOpen, onClose }: { isWide: boolean; isOpen: boolean; onClose: () => void }) {
  const isNarrow = useNarrow();
  if (!isNarrow)
    return (
      <Layout.Sider className="shell-sider" width={184} collapsedWidth={52} collapsed={isWide}>
        {!isWide && <Brand />}
        <Navigation />
      </Layout.Sider>
    );
  return (
    <Drawer
      open={isOpen}
      onClose={onClose}
      placement="left"
      size={260}
      closable={false}
      styles={{ body: { padding: 0, background: 'var(--ink)' } }}
    >
      <Brand />
      <Navigation onGo={onClose} />
    </Drawer>
  );
}

/** The frame of every page: menu, where one is, the state of the link, who one is. */
export function Shell() {
  const t = useAppText();
  const ui = useUiText();
  const session = useSession();
  const isNarrow = useNarrow();
  const [isOpen, setOpen] = useState(false);
  const page = useMatches({ select: (matches) => matches.at(-1)?.staticData }) ?? {};
  const isAllowed = !page.actions || page.actions.some((action) => mayIn(session, action));
  return (
    <Layout className="shell" hasSider={!isNarrow}>
      <a className="skip" href="#content">
        {t('skip')}
      </a>
      <Side isWide={page.isWide === true} isOpen={isOpen} onClose={() => setOpen(false)} />
      <Layout>
        <Layout.Header className="shell-head">
          {isNarrow && (
            <Button
              type="text"
              icon={<MenuOutlined />}
              aria-label={t('menu')}
              data-testid="menu"
              onClick={() => setOpen(true)}
            />
          )}
          <span className="shell-place strong">{session.seats.map((seat) => seat.name).join(' · ')}</span>
          <LinkStatus isShort={isNarrow} />
          <LanguageSwitch />
          <UserMenu isShort={isNarrow} />
        </Layout.Header>
        <LinkBanner />
        <AlarmBar />
        <Layout.Content id="content">
          {isAllowed ? (
            <Outlet />
          ) : (
            <div className="page">
              <Nothing text={ui('notAllowed')} />
            </div>
          )}
        </Layout.Content>
      </Layout>
    </Layout>
  );
}
