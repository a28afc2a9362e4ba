import type { EcgMeasurements } from '@lianzhen/contracts/ecg-measurements.ts';
import type { SheetLead } from '@lianzhen/ecg/sheet/draw-curve.ts';
import { layoutSheet } from '@lianzhen/ecg/sheet/layout-sheet.ts';
import type { Sheet } from '@lianzhen/ecg/sheet/sheet.ts';
import { filterName } from '@lianzhen/ecg/signal/filter.ts';
import type { EcgDesk } from '../desk.ts';
import { numberText } from '../panels/number-rows.ts';
import { shownFilter } from '../source/shown-filter.ts';
import { sayCode } from '../texts.ts';

/** The page that shows what the picture shows: same leads, scale, filter and time. */
export function printSheet(desk: EcgDesk, measurements: EcgMeasurements | null): Sheet {
  const { meta, state, clock, recording, say, language } = desk;
  const { look } = state;
  const { patient } = meta;
  const filter = shownFilter(look.filter, recording);
  const who = [
    patient?.name?.replaceAll('^', ' '),
    patient?.sex && sayCode(say, 'sex', patient.sex),
    patient?.birthDate,
  ];
  return layoutSheet({
    leads: leadsInView(desk),
    layout: look.layout,
    order: look.order,
    rhythm: look.rhythm,
    speedMmPerS: look.speed,
    gainMmPerMv: look.gain,
    startMs: clock.startMs,
    header: [
      [...who, patient?.id].filter(Boolean).join(' · ') || '—',
      [meta.acquiredAt?.replace('T', ' '), meta.device].filter(Boolean).join(' · '),
      ...numberLines(measurements, desk),
    ],
    warnings: [
      ...meta.warnings.map(({ code, where }) => `${sayCode(say, 'warning', code)} ${where}`),
      ...meta.quality.map(({ code, leads }) => `${sayCode(say, 'quality', code)} ${leads.join(' ')}`),
    ],
    filterName: filterName(filter, language),
    words: { derived: say('derived'), missing: say('missing') },
    calipers: state.calipers,
  });
}

function numberLines(m: EcgMeasurements | null, { say }: EcgDesk): string[] {
  if (!m) return [];
  const { fridericiaMs, bazettMs } = m.qtc;
  return [
    `${say('heartRate')} ${numberText(m.heartRate)} ${say('perMinute')} · PR ${numberText(m.prMs)} ms · QRS ${numberText(m.qrsMs)} ms`,
    `QT ${numberText(m.qtMs)} ms · QTcB ${numberText(bazettMs)} ms · QTcF ${numberText(fridericiaMs)} ms · ${say('axisQrs')} ${numberText(m.axis.qrs)}°`,
  ];
}

/** The leads over the blocks that a page from here can show. */
function leadsInView({ store, clock, state, recording }: EcgDesk): SheetLead[] {
  const filter = shownFilter(state.look.filter, recording);
  // At 25 mm/s a lying A4 page shows less than twelve seconds.
  const numbers = store.blocksOf(clock.startMs, clock.startMs + 12_000);
  const blocks = numbers.flatMap((number) => store.block(number, filter) ?? []);
  const [first, second] = blocks;
  if (!first) return [];
  if (!second) return [...first.leads];
  return first.leads.map((lead, i) => joinLeads(lead, second.leads[i]));
}

/** Two stretches that overlap as one. */
function joinLeads(first: SheetLead, second: SheetLead | undefined): SheetLead {
  if (!second) return first;
  const at = Math.round(((second.startMs - first.startMs) * first.samplingFrequency) / 1000);
  const samples = new Float32Array(at + second.samples.length);
  samples.set(first.samples.subarray(0, at));
  samples.set(second.samples, at);
  return { ...first, samples };
}
