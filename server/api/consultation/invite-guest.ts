import { randomBytes, randomInt } from 'node:crypto';
import type { GuestView } from '@lianzhen/contracts/consultation-views.ts';
import { HubError } from '@lianzhen/contracts/errors.ts';
import { recordAudit } from '@lianzhen/db/audit.ts';
import type { z } from 'zod';
import { auditOf, type Ctx, requireAccess, requirePerson } from '../context.ts';
import type { Deps } from '../deps.ts';
import * as guests from './guest-store.ts';
import { guestView } from './guest-view.ts';
import { moveConsultation } from './move-consultation.ts';
import { sha256 } from './secret-words.ts';
import { requireAct } from './standing.ts';
import * as store from './store.ts';

type Part = Pick<Deps, 'db' | 'clock'>;
type View = z.infer<typeof GuestView>;
interface InviteGuest {
  id: string;
  name: string;
  relation: string;
  role: View['role'];
}

const mostGuests = 20;
const validMs = 4 * 3_600_000;
/** Letters and digits that nobody takes for another when they are read out over the telephone. */
const letters = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789';

/** A seat for somebody without an account. The code is in this answer and nowhere else. @throws `too-large` past 20 */
export async function inviteGuest({ db, clock }: Part, ctx: Ctx, input: InviteGuest): Promise<View & { code: string }> {
  const scope = requireAccess(ctx, 'consultation:read');
  const person = requirePerson(ctx);
  const code = newCode();
  return db.transaction(async (tx) => {
    const found = await store.lock(tx, scope, input.id);
    const now = clock.now();
    requireAct(found, person, 'invite-guest');
    if ((await guests.count(tx, found.id)) >= mostGuests) throw new HubError('too-large', { limit: mostGuests });
    const { name, relation, role } = input;
    const from = Math.max(now.getTime(), found.scheduledAt?.getTime() ?? 0);
    const guest = await guests.insert(tx, {
      ...{ consultationId: found.id, name, relation, role, codeHash: sha256(code) },
      ...{ number: newNumber(), invitedById: person.accountId, createdAt: now, expiresAt: new Date(from + validMs) },
    });
    await moveConsultation(tx, found, found.state, { kind: 'guest-invited', at: now, by: person });
    await audit(tx, ctx, found, 'consultation.guestInvited', guest.id);
    return { ...guestView(guest), code };
  });
}

/** The seat is nobody's any more; who sits on it leaves the room within seconds. Again is not an error. */
export async function revokeGuest(
  { db, clock }: Part,
  ctx: Ctx,
  input: { id: string; guestId: string },
): Promise<View> {
  const scope = requireAccess(ctx, 'consultation:read');
  const person = requirePerson(ctx);
  return db.transaction(async (tx) => {
    const found = await store.lock(tx, scope, input.id);
    const now = clock.now();
    requireAct(found, person, 'invite-guest');
    const guest = await guests.ofConsultation(tx, found.id, input.guestId);
    if (guest.revokedAt) return guestView(guest);
    const revoked = await guests.change(tx, guest.id, { revokedAt: now });
    await moveConsultation(tx, found, found.state, { kind: 'guest-revoked', at: now, by: person });
    await audit(tx, ctx, found, 'consultation.guestRevoked', guest.id);
    return guestView(revoked);
  });
}

const audit = (
  tx: Parameters<typeof recordAudit>[0],
  ctx: Ctx,
  found: store.ConsultationFound,
  action: `consultation.${string}`,
  guestId: string,
) =>
  recordAudit(tx, {
    ...auditOf(ctx),
    ...{ action, patientId: found.patientId, objectType: 'consultation', objectId: found.id, detail: { guestId } },
  });

const newNumber = (): string => String(randomInt(10_000_000, 100_000_000));
const newCode = (): string => Array.from(randomBytes(8), (byte) => letters[byte % letters.length]).join('');
