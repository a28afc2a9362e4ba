import { createHash } from 'node:crypto';
import { canonicalJson } from '@lianzhen/contracts/canonical-json.ts';
import { HubError } from '@lianzhen/contracts/errors.ts';
import { Day, Id, Line, RequiredLine } from '@lianzhen/contracts/fields.ts';
import { OrderBody } from '@lianzhen/contracts/orders.ts';
import { IdentifierType, Sex } from '@lianzhen/contracts/patients.ts';
import { z } from 'zod';

/** Who the request is for: a patient of the hub by id, or by numbers; with a name, somebody who may be new. */
export const SystemPatient = z.object({
  id: Id.optional(),
  identifiers: z
    .array(z.object({ type: IdentifierType, issuer: Line(60).default(''), value: RequiredLine(64) }))
    .max(10)
    .default([]),
  name: RequiredLine(64).optional(),
  sex: Sex.default('unknown'),
  birthDate: Day.nullable().default(null),
  phone: Line(32).optional(),
  address: Line(200).optional(),
});
export type SystemPatient = z.infer<typeof SystemPatient>;

/** A request as a hospital's system sends it, whichever way: its own number, and codes instead of the hub's ids. */
export const SystemOrder = OrderBody.omit({
  facilityId: true,
  patientId: true,
  centreId: true,
  pairedFacilityId: true,
}).extend({
  placerNumber: RequiredLine(60),
  placerSystem: Line(200).optional(),
  /** The code of the facility with the centre; without it, the only one that the sender may ask. */
  centreCode: RequiredLine(40).optional(),
  patient: SystemPatient.refine(({ id, identifiers }) => id !== undefined || identifiers.length > 0, {
    path: ['identifiers'],
    message: 'a number of the patient, with its issuer',
  }),
});
export type SystemOrder = z.infer<typeof SystemOrder>;
/** What a door has read: anything may be missing, and the values are not checked yet. */
export type UncheckedOrder = { [Part in keyof z.input<typeof SystemOrder>]?: unknown };

/**
 * @throws `consent-missing` where nothing but the consent is wrong, else `bad-input`; `fields` are all that are missing
 * or wrong, by their paths in the order
 */
export function readSystemOrder(given: UncheckedOrder): SystemOrder {
  const parsed = SystemOrder.safeParse(given);
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.slice(0, 50).map(({ path, message }) => ({
    field: path.join('.'),
    expected: message,
  }));
  const isConsent = fields.every(({ field }) => field.split('.')[0] === 'consent');
  throw new HubError(isConsent ? 'consent-missing' : 'bad-input', { fields });
}

/** Tells a repeat from another request under the same number. Telephone and address may change between the two. */
export function digestOf(order: SystemOrder): string {
  const { placerNumber: _number, placerSystem: _system, patient, consent, ...rest } = order;
  const { phone: _phone, address: _address, identifiers, ...who } = patient;
  const numbers = identifiers.map(({ type, issuer, value }) => `${type}|${issuer}|${value}`).sort();
  const givenAt = new Date(consent.givenAt).toISOString();
  const text = canonicalJson({ ...rest, patient: { ...who, numbers }, consent: { ...consent, givenAt } });
  return createHash('sha256').update(text).digest('hex');
}

/**
 * Requests under one number are exams of one order.
 * @returns the orders by number; `at` are the places of their requests in the given list, one for each exam in its order
 * @throws `bad-input` naming the part in which two of them differ: `N.part`, N the place in the given list
 */
export function joinedOrders(sent: readonly SystemOrder[]): Array<{ order: SystemOrder; at: number[] }> {
  const joined = new Map<string, { order: SystemOrder; at: number[] }>();
  for (const [at, one] of sent.entries()) {
    const first = joined.get(one.placerNumber);
    if (!first) {
      joined.set(one.placerNumber, { order: one, at: one.exams.map(() => at) });
      continue;
    }
    for (const part of Object.keys(SystemOrder.shape) as Array<keyof SystemOrder>)
      if (part !== 'exams' && canonicalJson(one[part] ?? null) !== canonicalJson(first.order[part] ?? null))
        throw new HubError('bad-input', {
          fields: [{ field: `${at}.${part}`, expected: 'the same as in the other requests under this number' }],
        });
    const exams = [...first.order.exams, ...one.exams];
    if (exams.length > 10)
      throw new HubError('bad-input', { fields: [{ field: `${at}.exams`, expected: 'at most 10 exams in an order' }] });
    joined.set(one.placerNumber, { order: { ...first.order, exams }, at: [...first.at, ...one.exams.map(() => at)] });
  }
  return [...joined.values()];
}
