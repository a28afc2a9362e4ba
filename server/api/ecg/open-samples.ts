import { HubError } from '@lianzhen/contracts/errors.ts';
import { openStoredTrace, type StoredTrace } from '@lianzhen/ecg/stored-trace.ts';
import { storedSource } from '@lianzhen/platform/stored-source.ts';
import type { Deps } from '../deps.ts';
import type { FoundTrace } from './find-trace.ts';

/** @throws `not-acceptable` for a picture, `ecg-invalid` for what cannot be read */
export function openSamples({ blobs }: Pick<Deps, 'blobs'>, { trace, instance }: FoundTrace): Promise<StoredTrace> {
  if (trace.state === 'picture') throw new HubError('not-acceptable', { reason: 'a picture has no samples' });
  return openStoredTrace(storedSource(blobs, instance.blob, instance.size));
}
