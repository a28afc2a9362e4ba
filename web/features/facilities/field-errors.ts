import type { z } from 'zod';
import type { ApiError } from '../../api/api-error.ts';

export type FieldFault = 'taken' | 'host-refused' | 'not-accepted';

/** @returns the fields that the hub refused, as paths into a form, and what to say at each; none where it named none */
export function faultsOf(error: Pick<ApiError, 'code' | 'details'>): Array<{ path: string[]; fault: FieldFault }> {
  const { field, fields, why } = error.details;
  const named = Array.isArray(fields) ? fields.map((one: { field?: unknown }) => one?.field) : [field];
  const fault: FieldFault =
    error.code === 'already-exists' ? 'taken' : why === 'host-not-allowed' ? 'host-refused' : 'not-accepted';
  return named.filter((name) => typeof name === 'string').map((name) => ({ path: name.split('.'), fault }));
}

/** A form's rule out of the contract: what the hub would refuse is said before it is asked. */
export const fits = (schema: z.ZodType, message: string) => ({
  validator: async (_rule: unknown, value: unknown) => {
    if (value === undefined || value === null || value === '' || schema.safeParse(value).success) return;
    throw new Error(message);
  },
});
