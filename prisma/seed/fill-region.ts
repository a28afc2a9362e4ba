import { createHash } from 'node:crypto';
import type { Tx } from '../client.ts';
import { nameIndex } from '../name-index.ts';
import { hashPassword } from '../passwords.ts';
import * as region from './region.ts';

type Ids = Map<string, string>;
const idOf = (ids: Ids, code: string): string => {
  const id = ids.get(code);
  if (!id) throw new Error(`no facility ${code}`);
  return id;
};

export async function fillRegion(tx: Tx): Promise<Ids> {
  const ids: Ids = new Map();
  for (const { parent, ...facility } of region.facilities) {
    const row = await tx.facility.create({ data: { ...facility, parentId: parent ? idOf(ids, parent) : null } });
    ids.set(row.code, row.id);
    await tx.destination.create({ data: { facilityId: row.id, kind: 'inbox', name: '平台收件箱' } });
  }
  for (const { facility, ...centre } of region.centres)
    await tx.centre.create({ data: { ...centre, facilityId: idOf(ids, facility) } });
  const year = new Date().getUTCFullYear();
  for (const { from, to, ...agreement } of region.agreements) {
    await tx.agreement.create({
      data: {
        ...agreement,
        fromId: idOf(ids, from),
        toId: idOf(ids, to),
        state: 'signed',
        validFrom: new Date(Date.UTC(year, 0, 1)),
        validTo: new Date(Date.UTC(year + 3, 11, 31)),
        targets: agreement.kind === 'pairing' ? region.pairingTargets : [],
        liability: '会诊意见由邀请方决定是否采纳；远程诊断报告由报告方对报告内容负责，申请方对所传资料质量负责。',
      },
    });
  }
  for (const { facility, ...device } of region.devices)
    await tx.device.create({ data: { ...device, facilityId: idOf(ids, facility) } });
  return ids;
}

export async function fillPeople(tx: Tx, ids: Ids): Promise<void> {
  // One hash for all of the demo: the password is printed at every start.
  const passwordHash = await hashPassword(region.demoPassword);
  for (const [username, displayName, facility, title, roles, line] of region.accounts) {
    const facilityId = idOf(ids, facility);
    const centre = line && (await tx.centre.findFirstOrThrow({ where: { facilityId, line }, select: { id: true } }));
    await tx.account.create({
      data: {
        username,
        displayName,
        title,
        passwordHash,
        licenceNumber: title
          ? `62${createHash('sha256').update(username).digest('hex').replace(/\D/g, '').padEnd(13, '0').slice(0, 13)}`
          : null,
        roles: { create: roles.map((role) => ({ facilityId, role })) },
        ...(centre ? { centres: { create: { centreId: centre.id } } } : {}),
      },
    });
  }
  for (const { token, facility, scopes } of region.machineTokens) {
    const tokenHash = createHash('sha256').update(token).digest('hex');
    await tx.machineToken.create({
      data: { tokenHash, name: token, facilityId: idOf(ids, facility), scopes: [...scopes] },
    });
  }
  for (const [index, patient] of region.patients.entries()) await fillPatient(tx, ids, patient, index);
}

/**
 * Also for a demo store that was filled before there were senders: it is known by its tokens, which everybody knows. A
 * store that has a sender already is left as it is.
 */
export async function fillHl7Senders(tx: Tx): Promise<void> {
  if ((await tx.hl7Sender.count()) > 0) return;
  for (const { sendingFacility, ...sender } of region.hl7Senders) {
    const tokenHash = createHash('sha256').update(`demo-his-${sendingFacility}`).digest('hex');
    const token = await tx.machineToken.findFirst({ where: { tokenHash, facility: { code: sendingFacility } } });
    if (!token) continue;
    await tx.hl7Sender.create({ data: { ...sender, sendingFacility, facilityId: token.facilityId } });
  }
}

/** Also for a demo store from before there was a directory; one that has entries is left as it is. */
export async function fillExperts(tx: Tx): Promise<void> {
  if ((await tx.expertProfile.count()) > 0) return;
  for (const { username, facility, hours, independentSince, ...expert } of region.experts) {
    const role = await tx.accountRole.findFirst({ where: { account: { username }, facility: { code: facility } } });
    if (!role) continue;
    const { accountId, facilityId } = role;
    const since = new Date(`${independentSince}T00:00:00Z`);
    await tx.expertProfile.create({
      data: { ...expert, accountId, facilityId, hours: [...hours], independentSince: since },
    });
  }
}

/** Also for a demo store from before there were duty rosters; one that has any is left as it is. */
export async function fillDutyRosters(tx: Tx, now: Date): Promise<void> {
  if ((await tx.dutyRoster.count()) > 0) return;
  for (const [index, { facility, line, from, to, username }] of region.dutyShifts.entries()) {
    const centre = await tx.centre.findFirst({ where: { line, facility: { code: facility } }, select: { id: true } });
    const account = await tx.account.findUnique({ where: { username }, select: { id: true } });
    if (!centre || !account) continue;
    const { id: centreId } = centre;
    await tx.dutyRoster.upsert({
      where: { centreId },
      create: { centreId, changedAt: now, changedByName: region.dutyWriter },
      update: {},
    });
    const turns = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, place: 1, accountId: account.id }));
    await tx.dutyShift.create({ data: { centreId, place: index + 1, from, to, turns: { create: turns } } });
  }
}

async function fillPatient(tx: Tx, ids: Ids, patient: (typeof region.patients)[number], index: number): Promise<void> {
  const { name, sex, birthDate, village, facility } = patient;
  const facilityIds = [...new Set([facility, ...(village ? [village] : [])])].map((code) => idOf(ids, code));
  await tx.patient.create({
    data: {
      name,
      sex,
      birthDate: new Date(`${birthDate}T00:00:00Z`),
      ...nameIndex(name),
      villageId: village ? idOf(ids, village) : null,
      identifiers: {
        create: [{ type: 'id-card', issuer: 'CN', value: idCard(birthDate, sex, index), verified: true }],
      },
      facilities: { create: facilityIds.map((facilityId) => ({ facilityId, reason: 'registered' })) },
    },
  });
}

/** A number with a right check digit (GB 11643) in a region that does not exist. */
function idCard(birthDate: string, sex: string, index: number): string {
  const sequence = String(index * 2 + (sex === 'male' ? 1 : 2)).padStart(3, '0');
  const digits = `999999${birthDate.replaceAll('-', '')}${sequence}`;
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((total, weight, at) => total + weight * Number(digits[at]), 0);
  return digits + '10X98765432'[sum % 11];
}
