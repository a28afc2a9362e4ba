import {
  ApartmentOutlined,
  FileTextOutlined,
  HeartOutlined,
  HomeOutlined,
  IdcardOutlined,
  PictureOutlined,
  ReadOutlined,
  SafetyCertificateOutlined,
  SendOutlined,
  TeamOutlined,
  VideoCameraOutlined,
} from '@ant-design/icons';
import type { Action } from '@lianzhen/contracts/access.ts';
import type { SessionView } from '@lianzhen/contracts/identity.ts';
import { useQuery } from '@tanstack/react-query';
import { Link, useRouterState } from '@tanstack/react-router';
import { Badge, Menu } from 'antd';
import type { ReactNode } from 'react';
import { ask } from '../api/queries.ts';
import { mayIn, useSession } from '../api/session.ts';
import { useAppText } from './texts.ts';

interface Entry {
  word:
    | 'orders'
    | 'patients'
    | 'consultation'
    | 'worklist'
    | 'imaging'
    | 'ecg'
    | 'delivery'
    | 'facilities'
    | 'identity'
    | 'audit';
  to:
    | '/consultations'
    | '/worklist'
    | '/orders'
    | '/patients'
    | '/imaging'
    | '/ecg'
    | '/delivery'
    | '/facilities'
    | '/accounts'
    | '/audit';
  /** Shown to who may do at least one of these. */
  actions: readonly Action[];
  icon: ReactNode;
}

/** The menu, in the order of a working day. A feature adds its line here and its routes in routes.tsx. */
export const entries: readonly Entry[] = [
  { word: 'worklist', to: '/worklist', actions: ['worklist:read'], icon: <ReadOutlined /> },
  { word: 'orders', to: '/orders', actions: ['order:read'], icon: <FileTextOutlined /> },
  {
    word: 'consultation',
    to: '/consultations',
    actions: ['consultation:read'],
    icon: <VideoCameraOutlined />,
  },
  { word: 'patients', to: '/patients', actions: ['patient:read'], icon: <TeamOutlined /> },
  { word: 'imaging', to: '/imaging', actions: ['quarantine:decide', 'study:attach'], icon: <PictureOutlined /> },
  { word: 'ecg', to: '/ecg', actions: ['study:send'], icon: <HeartOutlined /> },
  { word: 'delivery', to: '/delivery', actions: ['delivery:read', 'result:acknowledge'], icon: <SendOutlined /> },
  {
    word: 'facilities',
    to: '/facilities',
    actions: ['agreement:read', 'facility:manage'],
    icon: <ApartmentOutlined />,
  },
  { word: 'identity', to: '/accounts', actions: ['account:manage'], icon: <IdcardOutlined /> },
  { word: 'audit', to: '/audit', actions: ['audit:read'], icon: <SafetyCertificateOutlined /> },
];

export const entriesFor = (session: SessionView): readonly Entry[] =>
  entries.filter((entry) => entry.actions.some((action) => mayIn(session, action)));

function UnreadCount() {
  const unread = useQuery(ask('delivery', 'inbox', { unread: 'true', page: 1, pageSize: 1 }));
  return <Badge count={unread.data?.unread ?? 0} size="small" className="nav-count" />;
}

export function Navigation({ onGo }: { onGo?: () => void }) {
  const t = useAppText();
  const session = useSession();
  const path = useRouterState({ select: (state) => state.location.pathname });
  const mine = entriesFor(session);
  const current = mine.find((entry) => path.startsWith(entry.to))?.word ?? (path === '/' ? 'home' : '');
  return (
    <Menu
      theme="dark"
      mode="inline"
      selectedKeys={[current]}
      onClick={() => onGo?.()}
      items={[
        {
          key: 'home',
          icon: <HomeOutlined />,
          label: (
            <Link to="/" data-testid="nav-home">
              {t('home')}
            </Link>
          ),
        },
        ...mine.map((entry) => ({
          key: entry.word,
          icon: entry.icon,
          label: (
            <Link to={entry.to} data-testid={`nav-${entry.word}`}>
              {t(`nav-${entry.word}`)}
              {entry.word === 'delivery' && mayIn(session, 'result:acknowledge') && <UnreadCount />}
            </Link>
          ),
        })),
      ]}
    />
  );
}
