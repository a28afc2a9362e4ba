import { HubError } from '@lianzhen/contracts/errors.ts';

/**
 * The media library checks what it is given; what it refuses is the browser's mistake, unless something is closed.
 * @param field which the library was given
 * @throws `bad-input`, or `wrong-state` where what it is about has closed or was done already
 */
export async function checked<T>(field: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof HubError) throw cause;
    const isState = cause instanceof Error && /closed|already|InvalidState/i.test(`${cause.name} ${cause.message}`);
    if (isState) throw new HubError('wrong-state', { field }, { cause });
    throw new HubError('bad-input', { fields: [{ field, expected: 'what the media library takes' }] }, { cause });
  }
}
