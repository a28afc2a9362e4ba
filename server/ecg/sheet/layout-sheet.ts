import type { Caliper } from '@lianzhen/contracts/ecg.ts';
import { drawCalipers } from './draw-calipers.ts';
import { drawCurve, leadOfCell, type SheetLead } from './draw-curve.ts';
import { drawLabels, drawMarks, type LabelledLead, reachOf, type SheetMark, textLine } from './labels.ts';
import { type LeadOrder, leadGrid, type SheetLayout } from './layouts.ts';
import { a4Mm, type PaperGain, type PaperSpeed, printResolutionMm, textMm } from './paper.ts';
import { planSheet, type SheetPlan } from './plan-sheet.ts';
import { drawBorders, drawPulses, drawRuling } from './ruling.ts';
import type { Sheet, SheetPrimitive } from './sheet.ts';

export interface SheetInput {
  readonly leads: readonly SheetLead[];
  readonly layout: SheetLayout;
  readonly order?: LeadOrder;
  /** Lead of the rhythm strip. */
  readonly rhythm?: string;
  readonly speedMmPerS: PaperSpeed;
  readonly gainMmPerMv: PaperGain;
  /** The time of the trace at which the sheet begins. */
  readonly startMs: number;
  /** A4, lying, unless told otherwise. */
  readonly page?: { readonly widthMm: number; readonly heightMm: number };
  /** Lines above the paper: who, when, which recorder. At most eight are shown. */
  readonly header: readonly string[];
  /** Lines above the paper in the colour of a warning. At most four are shown. */
  readonly warnings?: readonly string[];
  /** The chosen filter by its name; stands on every sheet. */
  readonly filterName: string;
  /** What a star behind a lead's name means, and what an empty place says, in the reader's language. */
  readonly words: { readonly derived: string; readonly missing: string };
  readonly marks?: readonly SheetMark[];
  readonly calipers?: readonly Caliper[];
  readonly resolutionMm?: number;
}

const edgeMm = 8;
const lineHeightMm = 4.4;

/**
 * One page of a trace as drawing primitives in millimetres, for paper and PDF; a screen paints the same pieces.
 * Deterministic and pure.
 * @throws HubError bad-input where the page or the leads are no page and no leads
 */
export function layoutSheet(input: SheetInput): Sheet {
  const { leads, startMs, words } = input;
  const { widthMm, heightMm } = input.page ?? a4Mm;
  const codes = leads.map(({ code }) => code);
  const header = input.header.slice(0, 8);
  const warnings = (input.warnings ?? []).slice(0, 4);
  const plan = planSheet({
    grid: leadGrid(codes, input.layout, input.order, input.rhythm),
    widthMm,
    heightMm,
    speedMmPerS: input.speedMmPerS,
    gainMmPerMv: input.gainMmPerMv,
    marginMm: {
      left: edgeMm,
      right: edgeMm,
      top: edgeMm + (Math.ceil(header.length / 2) + warnings.length) * lineHeightMm,
      bottom: edgeMm + lineHeightMm,
    },
    spareMm: { top: 4, bottom: 4 },
    longestMs: longestOf(leads, startMs),
  });
  const resolution = input.resolutionMm ?? printResolutionMm;
  const curves = plan.cells.flatMap((cell) => {
    const lead = leadOfCell(leads, cell.lead);
    return lead ? drawCurve(plan, cell, lead, startMs, resolution) : [];
  });
  return {
    widthMm,
    heightMm,
    primitives: [
      ...drawRuling(plan.box),
      drawBorders(plan),
      ...drawMarks(plan, input.marks ?? [], startMs),
      ...drawPulses(plan),
      ...curves,
      ...drawLabels(plan, leads.map(withReach), words),
      ...drawCalipers(plan, input.calipers ?? [], startMs),
      ...headerTexts(plan, header, warnings),
      ...footerTexts(plan, input),
    ],
  };
}

const withReach = ({ code, derived, samples }: SheetLead): LabelledLead => ({ code, derived, reach: reachOf(samples) });

const longestOf = (leads: readonly SheetLead[], startMs: number) =>
  Math.max(
    1000,
    ...leads.map((lead) => lead.startMs + (lead.samples.length * 1000) / lead.samplingFrequency - startMs),
  );

/** Two columns of header lines, then the warnings over the whole width. */
function headerTexts(plan: SheetPlan, header: readonly string[], warnings: readonly string[]): SheetPrimitive[] {
  const lines = header.map((text, i) => {
    const xMm = plan.box.xMm + (i % 2) * (plan.box.widthMm / 2);
    return textLine(text, xMm, edgeMm + (Math.floor(i / 2) + 0.4) * lineHeightMm, {
      isBold: i === 0,
      sizeMm: textMm.header,
    });
  });
  const firstMm = edgeMm + (Math.ceil(header.length / 2) + 0.4) * lineHeightMm;
  const warned = warnings.map((text, i) =>
    textLine(text, plan.box.xMm, firstMm + i * lineHeightMm, { colour: 'warning', isBold: true }),
  );
  return [...lines, ...warned];
}

function footerTexts(plan: SheetPlan, { speedMmPerS, gainMmPerMv, filterName, leads, words }: SheetInput) {
  const y = plan.box.yMm + plan.box.heightMm + lineHeightMm;
  const scale = `${speedMmPerS} mm/s · ${gainMmPerMv} mm/mV · ${filterName}`;
  const right = plan.box.xMm + plan.box.widthMm;
  const note = leads.some(({ derived }) => derived)
    ? [textLine(`* ${words.derived}`, right, y, { align: 'right' })]
    : [];
  return [textLine(scale, plan.box.xMm, y), ...note];
}
