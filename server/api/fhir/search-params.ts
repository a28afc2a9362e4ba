import { HubError } from '@lianzhen/contracts/errors.ts';
import { Typed } from '@lianzhen/contracts/fields.ts';
import { normalIdentifier } from '@lianzhen/contracts/patient-rules.ts';
import type { Prisma } from '@lianzhen/db/client.ts';
import { z } from 'zod';
import { numbersIn } from './code-systems.ts';
import { tokenOf } from './patient-from-fhir.ts';

/** Parameters of every search. */
export const paging = {
  _count: z.coerce.number().int().min(1).max(50).default(20),
  _page: z.coerce.number().int().min(1).max(10_000).default(1),
  /** Looked at before anything else: takes-json.ts. */
  _format: z.string().optional(),
};

/** What is searched for as text. An empty parameter would find everything, which nobody means who names one. */
export const Searched = (max: number) => Typed(max).min(1);
/** `system|value`, or a value alone. A system without a value would be everything of it. */
export const Token = (max: number) => Searched(max).regex(/[^|]$/, 'a value after the system');

/**
 * A patient's number as a token. A system of the hub's own list names whose number it is: the same number at two hospitals
 * is two people. Of any other system the hub knows nothing, and the value decides.
 */
export function withPatientNumber(token: string | undefined): Prisma.PatientIdentifierWhereInput | undefined {
  if (token === undefined) return undefined;
  const { system = '', value } = tokenOf(token);
  const named = numbersIn(system);
  const number = normalIdentifier({ type: named?.type ?? 'other', issuer: named?.issuer ?? '', value });
  return named ? number : { value: number.value };
}

/** @throws `bad-input` unless it is a reference to a resource of this server */
export function idIn(type: string, field: string, reference: string | undefined): string | undefined {
  const id = reference?.replace(new RegExp(`^${type}/`), '');
  if (id !== undefined && !z.uuid().safeParse(id).success)
    throw new HubError('bad-input', { fields: [{ field, expected: `${type}/{id}` }] });
  return id;
}
