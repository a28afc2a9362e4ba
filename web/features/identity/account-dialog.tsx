import { App, Button, Form, Modal, Space } from 'antd';
import type { Outputs } from '../../api/client.ts';
import { useAct } from '../../api/queries.ts';
import { seatsFor, useSession } from '../../api/session.ts';
import { Failure } from '../../ui/failure.tsx';
import { AccountFields, CredentialFields, FacilityField } from './account-fields.tsx';
import { PasswordReset } from './password-reset.tsx';
import { useIdentityText } from './texts.ts';
import { useAccount } from './use-account.ts';

type Account = Outputs['identity']['accounts'][number];

interface AccountDialogProps {
  /** Absent for a new one. */
  account: Account | undefined;
  onClose: () => void;
}

/** A person's account in one facility: name, title, roles; locked and disabled ones are let in again here. */
export function AccountDialog({ account, onClose }: AccountDialogProps) {
  const t = useIdentityText();
  const session = useSession();
  const { message } = App.useApp();
  const [seat] = seatsFor(session, 'account:manage');
  const edit = useAccount(account, seat?.facilityId ?? '', () => {
    void message.success(t('saved'));
    onClose();
  });
  return (
    <Modal
      open
      title={account ? `${t('edit')} ${account.displayName}` : t('newAccount')}
      okText={t(account ? 'save' : 'create')}
      cancelText={t('cancel')}
      confirmLoading={edit.isBusy}
      mask={{ closable: false }}
      onOk={edit.save}
      onCancel={onClose}
    >
      <Form layout="vertical" component="div">
        <FacilityField edit={edit} />
        {!account && <CredentialFields edit={edit} />}
        <AccountFields edit={edit} isNew={!account} />
      </Form>
      {account && (
        <div className="stack">
          <PasswordReset account={account} facilityId={edit.form.facilityId} />
          <Standing account={account} facilityId={edit.form.facilityId} onDone={onClose} />
        </div>
      )}
      {edit.error && <Failure error={edit.error} />}
    </Modal>
  );
}

/** Lets a locked account in again, shuts one out, or takes that back. */
function Standing({ account, facilityId, onDone }: { account: Account; facilityId: string; onDone: () => void }) {
  const t = useIdentityText();
  const change = useAct('identity', 'setAccount', { onSuccess: onDone });
  const isLocked = account.lockedUntil !== null && Date.parse(account.lockedUntil) > Date.now();
  const set = (part: { disabled?: boolean; unlock?: true }) => change.mutate({ id: account.id, facilityId, ...part });
  return (
    <>
      <Space wrap>
        {isLocked && <Button onClick={() => set({ unlock: true })}>{t('unlock')}</Button>}
        {account.disabled ? (
          <Button onClick={() => set({ disabled: false })}>{t('enable')}</Button>
        ) : (
          <Button danger onClick={() => set({ disabled: true })}>
            {t('disable')}
          </Button>
        )}
        {!account.disabled && <span className="muted">{t('disableNote')}</span>}
      </Space>
      {change.error && <Failure error={change.error} />}
    </>
  );
}
