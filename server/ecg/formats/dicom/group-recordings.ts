import type { Lead, Recording, TraceWarning } from '../../trace.ts';
import { validSegments } from './valid-segments.ts';
import type { WaveformGroup } from './waveform-layout.ts';

interface Piece {
  readonly from: number;
  readonly to: number;
  readonly lead: Lead;
}

/** The recorded stretches of every voltage channel, counted in samples from the beginning of the group. */
function piecesOf(group: WaveformGroup, channels: readonly Int32Array[], warnings: TraceWarning[]): Piece[] {
  return group.channels.flatMap(({ code, derived, isVoltage, gain, baseline, filter, skew }, index) => {
    const samples = channels[index];
    if (!isVoltage || !samples) return [];
    const where = `group ${group.index + 1} ${code}`;
    const segments = validSegments(samples, group.padding, where);
    const [first] = segments;
    if (!first) {
      warnings.push({ code: 'lead-missing', where });
      return [];
    }
    const isWhole = first.from === 0 && first.to === samples.length;
    if (!isWhole) warnings.push({ code: 'samples-missing', where });
    return segments.map(({ from, to }) => {
      const own = isWhole ? samples : samples.slice(from, to);
      return { from: from + skew, to: to + skew, lead: { code, derived, samples: own, gain, baseline, filter } };
    });
  });
}

/**
 * A multiplex group as recordings: one, unless channels begin or end at different times (a skew, or padding where
 * nothing was recorded); what was recorded together then stays together, and nothing that was not recorded is there.
 */
export function groupRecordings(
  group: WaveformGroup,
  channels: readonly Int32Array[],
  warnings: TraceWarning[],
): Recording[] {
  const pieces = Map.groupBy(piecesOf(group, channels, warnings), ({ from, to }) => `${from} ${to}`);
  const { kind, label, samplingFrequency } = group;
  return [...pieces.values()]
    .toSorted(([a], [b]) => (a?.from ?? 0) - (b?.from ?? 0))
    .map((together) => ({
      kind,
      label,
      samplingFrequency,
      startMs: group.startMs + ((together[0]?.from ?? 0) * 1000) / samplingFrequency,
      leads: together.map(({ lead }) => lead),
    }));
}
