import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import type { Outputs } from '../../api/client.ts';
import { ask } from '../../api/queries.ts';
import { useListComma } from '../../api/texts.ts';
import { useNames } from '../../api/vocabulary.ts';
import { Loaded } from '../../ui/loaded.tsx';
import { Nothing } from '../../ui/nothing.tsx';
import { Records } from '../../ui/records.tsx';
import { shortTime } from '../../ui/time.ts';
import { ToneTag } from '../../ui/tone-tag.tsx';
import { AccountDialog } from './account-dialog.tsx';
import { useIdentityText } from './texts.ts';

type Account = Outputs['identity']['accounts'][number];

function AccountState({ account }: { account: Account }) {
  const t = useIdentityText();
  if (account.disabled) return <ToneTag tone="quiet">{t('disabled')}</ToneTag>;
  if (account.lockedUntil && Date.parse(account.lockedUntil) > Date.now())
    return <ToneTag tone="warn">{t('locked', { at: shortTime(account.lockedUntil) })}</ToneTag>;
  if (account.oneTimeUntil) return <ToneTag tone="warn">{t('mustChange')}</ToneTag>;
  return <ToneTag tone="good">{t('active')}</ToneTag>;
}

export function AccountsPanel() {
  const t = useIdentityText();
  const names = useNames();
  const comma = useListComma();
  const all = useQuery(ask('identity', 'accounts'));
  const [edited, setEdited] = useState<Account | 'new'>();
  const roles = (account: Account) => [...new Set(account.roles.map(({ role }) => names('role', role)))].join(comma);
  return (
    <>
      <div className="bar">
        <Button type="primary" onClick={() => setEdited('new')}>
          {t('newAccount')}
        </Button>
      </div>
      <Loaded query={all}>
        {(rows) => (
          <Records<Account>
            rows={rows}
            total={rows.length}
            page={1}
            pageSize={Math.max(rows.length, 1)}
            onPage={() => {}}
            rowKey={(row) => row.id}
            columns={[
              { key: 'name', title: t('displayName'), render: (_, row) => <b>{row.displayName}</b> },
              { key: 'username', title: t('username'), render: (_, row) => row.username },
              { key: 'title', title: t('title'), render: (_, row) => names('title', row.title) },
              { key: 'roles', title: t('roles'), render: (_, row) => roles(row) },
              { key: 'state', render: (_, row) => <AccountState account={row} /> },
            ]}
            card={(row) => (
              <div className="stack">
                <div className="spread">
                  <span>
                    <b>{row.displayName}</b> <span className="muted">{row.username}</span>
                  </span>
                  <AccountState account={row} />
                </div>
                <span className="muted">
                  {names('title', row.title)} {roles(row)}
                </span>
              </div>
            )}
            onOpen={setEdited}
            rowProps={(row) => ({ 'data-testid': 'account-row', 'data-username': row.username })}
            empty={<Nothing text={t('noAccounts')} />}
          />
        )}
      </Loaded>
      {edited && <AccountDialog account={edited === 'new' ? undefined : edited} onClose={() => setEdited(undefined)} />}
    </>
  );
}
