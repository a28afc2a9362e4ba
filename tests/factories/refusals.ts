import { type ErrorCode, HubError } from '@lianzhen/contracts/errors.ts';
import { asHubError } from '../../server/api/http/problem.ts';

/** The hub's error of a use case that must not succeed, in the words of the edge. */
export async function refusalOf(work: Promise<unknown>): Promise<HubError> {
  const cause = await work.then(
    () => new HubError('internal', { expected: 'a refusal, but it succeeded' }),
    (error: unknown) => error,
  );
  const error = asHubError(cause);
  // What nobody foresaw is no refusal: it is shown as it was thrown.
  if (error.code === 'internal') throw error.cause ?? error;
  return error;
}
export const codeOf = async (work: Promise<unknown>): Promise<ErrorCode> => (await refusalOf(work)).code;
