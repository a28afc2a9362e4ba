import { UserAddOutlined } from '@ant-design/icons';
import { Button, Popconfirm } from 'antd';
import { useState } from 'react';
import { useAct } from '../../api/queries.ts';
import { useNames } from '../../api/vocabulary.ts';
import { Failure } from '../../ui/failure.tsx';
import { Panel } from '../../ui/page.tsx';
import { shortTime } from '../../ui/time.ts';
import { ToneTag } from '../../ui/tone-tag.tsx';
import { useNow } from '../../ui/use-now.ts';
import type { Consultation } from './consultation.ts';
import { GuestDialog } from './guest-dialog.tsx';
import { useConsultationText } from './texts.ts';

type Guest = Consultation['guests'][number];

/** Who comes without an account: a relative, an outside doctor, the patient at home. */
export function GuestsPanel({ kase }: { kase: Consultation }) {
  const t = useConsultationText();
  const [isOpen, setOpen] = useState(false);
  const revoke = useAct('consultation', 'revokeGuest');
  const mayInvite = kase.acts.includes('invite-guest');
  if (!mayInvite && kase.guests.length === 0) return null;
  return (
    <Panel
      title={t('guests')}
      extra={
        mayInvite && (
          <Button size="small" icon={<UserAddOutlined />} onClick={() => setOpen(true)} data-testid="invite-guest">
            {t('inviteGuest')}
          </Button>
        )
      }
    >
      {kase.guests.length === 0 && <p className="muted">{t('guestsNote')}</p>}
      {kase.guests.map((guest) => (
        <div key={guest.id} className="spread guest-line">
          <GuestLine guest={guest} />
          {mayInvite && !guest.revokedAt && (
            <Popconfirm
              title={t('revokeAsk')}
              okText={t('revoke')}
              onConfirm={() => revoke.mutate({ id: kase.id, guestId: guest.id })}
            >
              <Button size="small" type="text">
                {t('revoke')}
              </Button>
            </Popconfirm>
          )}
        </div>
      ))}
      {revoke.error && <Failure error={revoke.error} />}
      {isOpen && <GuestDialog consultationId={kase.id} onClose={() => setOpen(false)} />}
    </Panel>
  );
}

function GuestLine({ guest }: { guest: Guest }) {
  const t = useConsultationText();
  const names = useNames();
  const now = useNow();
  const isExpired = Date.parse(guest.expiresAt) < now.getTime();
  return (
    <span>
      <span className="strong">{guest.name}</span> <span className="muted">{guest.relation}</span>{' '}
      <span className="muted">{names('seatRole', guest.role)}</span>{' '}
      {guest.revokedAt ? (
        <ToneTag tone="quiet">{t('guestRevoked')}</ToneTag>
      ) : guest.usedAt ? (
        <ToneTag tone="good">{t('guestUsed')}</ToneTag>
      ) : isExpired ? (
        <ToneTag tone="quiet">{t('guestExpired')}</ToneTag>
      ) : (
        <ToneTag tone="info">{t('guestWaiting', { at: shortTime(guest.expiresAt) })}</ToneTag>
      )}
    </span>
  );
}
