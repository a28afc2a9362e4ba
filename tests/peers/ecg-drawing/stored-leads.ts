import { bufferSource } from '@lianzhen/dicom/byte-source.ts';
import type { SheetLead } from '@lianzhen/ecg/sheet/draw-curve.ts';
import { openStoredTrace, storedMicrovolts } from '@lianzhen/ecg/stored-trace.ts';

/** The rhythm of a stored waveform as sheets are given it, from a time on, through no filter. */
export async function storedLeads(file: Buffer, startMs = 0, durationMs = 12_000): Promise<SheetLead[]> {
  const stored = await openStoredTrace(bufferSource(file));
  const index = stored.recordings.findIndex(({ kind }) => kind === 'rhythm');
  const recording = stored.recordings[index];
  if (!recording) throw new Error('no rhythm');
  const { samplingFrequency, sampleCount } = recording;
  const [from, to] = [startMs, startMs + durationMs].map((ms) => Math.round((ms * samplingFrequency) / 1000)) as [
    number,
    number,
  ];
  const leads = await stored.read(index, from, Math.min(sampleCount, to));
  return leads.map((lead) => ({
    code: lead.code,
    derived: lead.derived,
    samples: Float32Array.from(storedMicrovolts(lead)),
    samplingFrequency,
    startMs: recording.startMs + (from * 1000) / samplingFrequency,
  }));
}
