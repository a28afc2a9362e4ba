import { FacilityLevel } from '@lianzhen/contracts/facilities.ts';
import type { SessionView } from '@lianzhen/contracts/identity.ts';
import { Title } from '@lianzhen/contracts/identity.ts';
import type { Person } from '../context.ts';
import type { AccountWithSeats } from './store.ts';

export function sessionView(person: Person, account: AccountWithSeats, expiresAt: Date): SessionView {
  return {
    accountId: person.accountId,
    username: person.username,
    displayName: person.displayName,
    title: Title.safeParse(person.title).data ?? null,
    language: account.language === 'en' ? 'en' : 'zh',
    totpEnabled: account.totpConfirmed,
    seats: person.seats.map(({ facilityId, code, name, level, roles }) => ({
      facilityId,
      code,
      name,
      level: FacilityLevel.parse(level),
      roles,
    })),
    expiresAt: expiresAt.toISOString(),
  };
}
