import type { TraceView } from '@lianzhen/contracts/ecg.ts';
import { useCallback, useRef } from 'react';
import { asApiError } from '../../../api/api-error.ts';
import { useAct } from '../../../api/queries.ts';
import { useMay, useSession } from '../../../api/session.ts';
import { useErrorText } from '../../../api/vocabulary.ts';
import type { Measured } from '../../../ecg-viewer/measuring/measured.ts';
import { useEcgText } from '../texts.ts';

/**
 * Keeps what a person measured under that person's name. Rejects with words for the viewer to show; where another window
 * of the same person was first, the next save is over what that one kept.
 * @returns undefined for who may not measure
 */
export function useSaveMeasurements(view: TraceView | undefined) {
  const t = useEcgText();
  const errorText = useErrorText();
  const may = useMay();
  const { accountId } = useSession();
  const { mutateAsync } = useAct('ecg', 'saveMeasurements');
  const around = useRef({ view, t, errorText });
  around.current = { view, t, errorText };
  const save = useCallback(
    async ({ measurements, fiducials, calipers }: Measured): Promise<void> => {
      const now = around.current;
      if (!now.view) throw new Error(now.errorText('not-found'));
      const revision = now.view.measured.find(({ authorId }) => authorId === accountId)?.revision ?? 0;
      const content = { measurements, fiducials, calipers: [...calipers] };
      try {
        await mutateAsync({ id: now.view.id, revision, ...content });
      } catch (cause) {
        const { code } = asApiError(cause);
        const said = code === 'stale-revision' ? now.t('staleMeasure') : now.errorText(code);
        throw new Error(said, { cause });
      }
    },
    [accountId, mutateAsync],
  );
  return may('trace:measure') && view?.state !== 'picture' ? save : undefined;
}
