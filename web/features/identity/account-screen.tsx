import { useQueryClient } from '@tanstack/react-query';
import { Radio } from 'antd';
import { useAct } from '../../api/queries.ts';
import { useSession } from '../../api/session.ts';
import { type Language, speak, useAside, useLanguage, useListComma } from '../../api/texts.ts';
import { useNames } from '../../api/vocabulary.ts';
import { Page, Panel } from '../../ui/page.tsx';
import { fullTime } from '../../ui/time.ts';
import { PasswordChange } from './password-change.tsx';
import { useIdentityText } from './texts.ts';
import { TotpSetting } from './totp-setting.tsx';

function LanguageChoice() {
  const cache = useQueryClient();
  const language = useLanguage();
  const save = useAct('identity', 'setLanguage', {
    onSuccess: (session) => cache.setQueryData(['identity', 'session', {}], session),
  });
  const choose = (next: Language) => {
    void speak(next);
    save.mutate({ language: next });
  };
  return (
    <Radio.Group
      optionType="button"
      value={language}
      onChange={(event) => choose(event.target.value as Language)}
      options={[
        { value: 'zh', label: '中文' },
        { value: 'en', label: 'English' },
      ]}
    />
  );
}

export function AccountScreen() {
  const t = useIdentityText();
  const names = useNames();
  const comma = useListComma();
  const aside = useAside();
  const session = useSession();
  return (
    <Page title={t('account')} note={t('expires', { at: fullTime(session.expiresAt) })}>
      <Panel title={`${session.displayName}${aside(session.username)}`} extra={names('title', session.title)}>
        <div className="stack">
          {session.seats.map((seat) => (
            <div key={seat.facilityId} className="spread">
              <span>
                {seat.name} <span className="muted">{seat.code}</span>
              </span>
              <span>{seat.roles.map((role) => names('role', role)).join(comma)}</span>
            </div>
          ))}
        </div>
      </Panel>
      <Panel title={t('language')}>
        <LanguageChoice />
      </Panel>
      <Panel title={t('changePassword')}>
        <PasswordChange />
      </Panel>
      <Panel title={t('totpTitle')}>
        <TotpSetting />
      </Panel>
    </Page>
  );
}
