import { useQuery } from '@tanstack/react-query';
import { App, Button, Popconfirm } from 'antd';
import { useState } from 'react';
import type { Outputs } from '../../api/client.ts';
import { ask, useAct } from '../../api/queries.ts';
import { useListComma } from '../../api/texts.ts';
import { useErrorText } from '../../api/vocabulary.ts';
import { Loaded } from '../../ui/loaded.tsx';
import { Nothing } from '../../ui/nothing.tsx';
import { Records } from '../../ui/records.tsx';
import { shortTime } from '../../ui/time.ts';
import { useIdentityText } from './texts.ts';
import { TokenDialog } from './token-dialog.tsx';

type Token = Outputs['identity']['machineTokens'][number];

export function TokensPanel() {
  const t = useIdentityText();
  const comma = useListComma();
  const all = useQuery(ask('identity', 'machineTokens'));
  const [isNew, setNew] = useState(false);
  const scopes = (row: Token) => row.scopes.map((scope) => t(scope)).join(comma);
  const used = (row: Token) => (row.lastUsedAt ? shortTime(row.lastUsedAt) : t('never'));
  const until = (row: Token) => (row.expiresAt ? shortTime(row.expiresAt) : t('noExpiry'));
  return (
    <>
      <div className="bar">
        <Button type="primary" onClick={() => setNew(true)}>
          {t('newToken')}
        </Button>
      </div>
      <Loaded query={all}>
        {(rows) => (
          <Records<Token>
            rows={rows}
            total={rows.length}
            page={1}
            pageSize={Math.max(rows.length, 1)}
            onPage={() => {}}
            rowKey={(row) => row.id}
            columns={[
              { key: 'name', title: t('tokenName'), render: (_, row) => <b>{row.name}</b> },
              { key: 'scopes', title: t('scopes'), render: (_, row) => scopes(row) },
              { key: 'used', title: t('lastUsed'), render: (_, row) => <span className="num">{used(row)}</span> },
              { key: 'until', title: t('expiresAt'), render: (_, row) => <span className="num">{until(row)}</span> },
              { key: 'revoke', render: (_, row) => <Revoke token={row} /> },
            ]}
            card={(row) => (
              <div className="stack">
                <div className="spread">
                  <b>{row.name}</b>
                  <Revoke token={row} />
                </div>
                <span className="muted">{scopes(row)}</span>
                <span className="muted">
                  {t('lastUsed')} {used(row)} · {t('expiresAt')} {until(row)}
                </span>
              </div>
            )}
            empty={<Nothing text={t('noTokens')} />}
          />
        )}
      </Loaded>
      {isNew && <TokenDialog onClose={() => setNew(false)} />}
    </>
  );
}

function Revoke({ token }: { token: Token }) {
  const t = useIdentityText();
  const why = useErrorText();
  const { message } = App.useApp();
  const revoke = useAct('identity', 'revokeMachineToken', {
    onSuccess: () => void message.success(t('revoked')),
    onError: (error) => void message.error(why(error.code)),
  });
  return (
    <Popconfirm
      title={t('revoke')}
      description={t('revokeNote')}
      okText={t('revoke')}
      cancelText={t('cancel')}
      onConfirm={() => revoke.mutate({ id: token.id })}
    >
      <Button size="small" danger loading={revoke.isPending}>
        {t('revoke')}
      </Button>
    </Popconfirm>
  );
}
