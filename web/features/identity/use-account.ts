import { type Role, readingRoles } from '@lianzhen/contracts/access.ts';
import { Password, type Title } from '@lianzhen/contracts/identity.ts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Outputs } from '../../api/client.ts';
import { ask, useAct } from '../../api/queries.ts';

type Account = Outputs['identity']['accounts'][number];

const usernameRule = /^[a-z][a-z0-9._-]{2,31}$/;
const empty = { username: '', password: '' };

/** An account being written for one facility: what was typed, what of it is wrong, and how it is saved. */
export function useAccount(account: Account | undefined, ownFacility: string, onSuccess: () => void) {
  const rolesAt = (facilityId: string): Role[] =>
    (account?.roles ?? []).filter((one) => one.facilityId === facilityId).map(({ role }) => role);
  const [form, setForm] = useState({
    ...empty,
    facilityId: ownFacility,
    displayName: account?.displayName ?? '',
    title: (account?.title ?? '') as Title | '',
    licenceNumber: account?.licenceNumber ?? '',
    roles: rolesAt(ownFacility),
    // Of all facilities that this admin manages; each form shows, and sends, those of its own.
    centreIds: account?.centreIds ?? [],
  });
  const facilities = useQuery(ask('facilities', 'list'));
  const centres = facilities.data?.find(({ id }) => id === form.facilityId)?.centres ?? [];
  const chosen = centres.filter(({ id }) => form.centreIds.includes(id)).map(({ id }) => id);
  const [isTried, setTried] = useState(false);
  const create = useAct('identity', 'createAccount', { onSuccess });
  const change = useAct('identity', 'setAccount', { onSuccess });
  const error = create.error ?? change.error;
  const wrong = {
    username: !account && !usernameRule.test(form.username),
    password: !account && !Password.safeParse(form.password).success,
    displayName: !form.displayName.trim(),
    // Wrong by the hub's word alone.
    licenceNumber: false,
    roles: !account && !form.roles.length,
  };
  return {
    form,
    /** Those that the facility hosts, once known: a reader works for some of them, and nobody else for any. */
    centres: form.roles.some((role) => readingRoles.includes(role)) ? centres : [],
    chosen,
    set: (part: Partial<typeof form>) => setForm({ ...form, ...part }),
    moveTo: (facilityId: string) => setForm({ ...form, facilityId, roles: rolesAt(facilityId) }),
    /** Marks what is wrong, once saving was tried, and what the hub refused. */
    status: (field: keyof typeof wrong) =>
      (isTried && wrong[field]) || error?.details.field === field ? ('error' as const) : ('' as const),
    error,
    isBusy: create.isPending || change.isPending,
    save() {
      setTried(true);
      if (Object.values(wrong).some(Boolean)) return;
      const { facilityId, username, password, displayName, roles } = form;
      const title = form.title || null;
      const licenceNumber = form.licenceNumber.trim() || null;
      const reads = roles.some((role) => readingRoles.includes(role));
      const centreIds = reads ? chosen : [];
      const written = { facilityId, displayName, title, licenceNumber, roles, centreIds };
      if (!account) return create.mutate({ ...written, username, password, oneTime: true });
      // Only what was changed is sent: the name of a person who works elsewhere too is not this admin's to change.
      const isOther = [...roles].sort().join() !== [...rolesAt(facilityId)].sort().join();
      change.mutate({
        id: account.id,
        facilityId,
        ...(displayName !== account.displayName ? { displayName } : {}),
        ...(title !== account.title ? { title } : {}),
        ...(licenceNumber !== account.licenceNumber ? { licenceNumber } : {}),
        ...(isOther ? { roles } : {}),
        ...(facilities.data && isMoved(centreIds, account.centreIds, centres) ? { centreIds } : {}),
      });
    },
  };
}

/** Whether somebody would read for other centres of this facility than he does. */
const isMoved = (after: readonly string[], before: readonly string[], hosted: readonly { id: string }[]): boolean =>
  hosted.some(({ id }) => after.includes(id) !== before.includes(id));
export type AccountForm = ReturnType<typeof useAccount>;
