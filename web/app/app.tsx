import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { App as AntApp, ConfigProvider } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import { useLanguage } from '../api/texts.ts';
import { useNarrow } from '../ui/use-narrow.ts';
import { cache } from './cache.ts';
import { Gate } from './gate.tsx';
import { GuestPage, isGuestPage } from './guest-page.tsx';
import { router } from './routes.tsx';
import { hubTheme } from './theme.ts';

export function App() {
  const language = useLanguage();
  const isNarrow = useNarrow();
  return (
    <ConfigProvider
      locale={language === 'zh' ? zhCN : enUS}
      theme={hubTheme(isNarrow, language)}
      button={{ autoInsertSpace: false }}
    >
      <AntApp className="app">
        <QueryClientProvider client={cache}>
          {isGuestPage ? (
            <GuestPage />
          ) : (
            <Gate>
              <RouterProvider router={router} />
            </Gate>
          )}
        </QueryClientProvider>
      </AntApp>
    </ConfigProvider>
  );
}
