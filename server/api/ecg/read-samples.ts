import type { TraceSamples } from '@lianzhen/contracts/ecg.ts';
import { HubError } from '@lianzhen/contracts/errors.ts';
import { storedMicrovolts } from '@lianzhen/ecg/stored-trace.ts';
import type { z } from 'zod';
import { recordRead } from '../audit/record-read.ts';
import type { Ctx } from '../context.ts';
import type { Deps } from '../deps.ts';
import { findTrace } from './find-trace.ts';
import { openSamples } from './open-samples.ts';
import { sampleWindow } from './sample-window.ts';

/** A JSON answer of this many numbers is some tens of megabytes. */
const mostValues = 2_000_000;
/** A millionth of a microvolt: what binary fractions leave behind the last digit is not sent. */
const digits = 1e6;

/**
 * Samples of a recording as they are stored: microvolts, unfiltered, at the rate of the recorder.
 * @throws `not-found`; `not-acceptable` for a picture; `bad-input` for a window that is needed and not given
 */
export async function readSamples(
  { db, blobs }: Pick<Deps, 'db' | 'blobs'>,
  ctx: Ctx,
  input: { id: string; recording: number; fromMs?: number | undefined; toMs?: number | undefined },
): Promise<z.input<typeof TraceSamples>> {
  const found = await db.transaction(async (tx) => {
    const one = await findTrace(tx, ctx, input.id);
    const { patientId } = one.study;
    await recordRead(tx, ctx, { action: 'ecg.traceRead', patientId, objectType: 'trace', objectId: input.id });
    return one;
  });
  const stored = await openSamples({ blobs }, found);
  const { from, to } = sampleWindow(stored.recordings, input, mostValues);
  const { samplingFrequency = 0 } = stored.recordings[input.recording] ?? {};
  const leads = await stored.read(input.recording, from, to);
  return {
    samplingFrequency,
    leads: leads.map((lead) => ({
      code: lead.code,
      unit: 'uV',
      derived: lead.derived,
      samples: Array.from(storedMicrovolts(lead), wholeNumber),
    })),
  };
}

/** JSON has no word for a sample that is not there, and none is made up. */
function wholeNumber(value: number): number {
  if (Number.isNaN(value)) throw new HubError('not-acceptable', { reason: 'samples are missing: ask for the window' });
  return Math.round(value * digits) / digits;
}
