import { DutyHours, type ExpertLack, type ExpertView, Specialty } from '@lianzhen/contracts/consultation-experts.ts';
import { type DutyFacts, isOnDuty, nextOnDuty } from '@lianzhen/contracts/expert-rules.ts';
import { Title } from '@lianzhen/contracts/identity.ts';
import { z } from 'zod';
import type { ExpertFound } from './expert-store.ts';

const overrideOf = ({ isOnDuty: said, onDutyUntil: until }: ExpertFound): DutyFacts['override'] =>
  said !== null && until ? { isOnDuty: said, until } : null;

export const dutyOf = (expert: ExpertFound): DutyFacts => ({
  hours: z.array(DutyHours).parse(expert.hours),
  override: overrideOf(expert),
  timeZone: expert.facility.timeZone,
});

/** What the rules of inviting look at. */
export const factsOf = ({ account, specialty, independentSince, facility }: ExpertFound) => ({
  ...{ licenceNumber: account.licenceNumber, title: account.title, specialty, timeZone: facility.timeZone },
  independentSince: independentSince?.toISOString().slice(0, 10) ?? null,
});

export function expertView(expert: ExpertFound, lacks: ExpertLack[], now: Date): ExpertView {
  const { account, facility } = expert;
  const duty = dutyOf(expert);
  const { override } = duty;
  return {
    accountId: account.id,
    facility: { id: facility.id, code: facility.code, name: facility.name },
    name: account.displayName,
    title: Title.safeParse(account.title).data ?? null,
    licenceNumber: account.licenceNumber,
    specialty: Specialty.parse(expert.specialty),
    introduction: expert.introduction,
    independentSince: factsOf(expert).independentSince,
    hours: [...duty.hours],
    override: override && override.until > now ? { ...override, until: override.until.toISOString() } : null,
    isListed: expert.isListed,
    isOnDuty: isOnDuty(duty, now),
    nextOnDutyAt: nextOnDuty(duty, now)?.toISOString() ?? null,
    lacks,
    revision: expert.revision,
  };
}
