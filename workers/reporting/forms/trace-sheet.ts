import { type Fact, type LayoutOptions, reportLayout } from '@lianzhen/contracts/report-layout.ts';
import { type ReportLanguage, reportWords } from '@lianzhen/contracts/report-words.ts';
import type { ReportContent } from '@lianzhen/contracts/reporting.ts';
import { visibleText } from '@lianzhen/contracts/visible-text.ts';
import { textLine } from '@lianzhen/ecg/sheet/labels.ts';
import { layoutSheet } from '@lianzhen/ecg/sheet/layout-sheet.ts';
import { a4Mm, textMm } from '@lianzhen/ecg/sheet/paper.ts';
import type { Sheet } from '@lianzhen/ecg/sheet/sheet.ts';
import { filterName } from '@lianzhen/ecg/signal/filter.ts';
import type { ReportTrace } from '../read-trace.ts';

/** Below the sheet every page of a document says whose it is and which it is. */
const footMm = 4;
const page = { widthMm: a4Mm.widthMm, heightMm: a4Mm.heightMm - footMm };
/** What fits into half of the page's width, in halves of a Chinese character. */
const halfLine = 78;
const speedMmPerS = 25;

/**
 * The trace at true scale on an A4 page that lies on its side, by the layout that the screen and its print-out have:
 * 25 mm/s, 10 mm/mV, three rows of four leads and a rhythm strip. A trace that could not be read gives a page that says
 * why; a picture gives none.
 */
export function traceSheet(
  content: ReportContent,
  trace: Exclude<ReportTrace, { kind: 'picture' }>,
  language: ReportLanguage,
  options: LayoutOptions = {},
): Sheet {
  const words = reportWords[language].ecg.page;
  const { mark, lines } = headOf(content, trace, language, options);
  if (trace.kind === 'unreadable') return emptySheet(lines, [mark, words.unread, reasonOf(trace, language)]);
  return layoutSheet({
    leads: trace.leads,
    layout: '3x4+rhythm',
    speedMmPerS,
    gainMmPerMv: 10,
    startMs: trace.startMs,
    page,
    header: lines,
    warnings: [mark, partOf(trace, language)].filter(Boolean),
    filterName: filterName(trace.filter, language),
    words,
  });
}

const reasonOf = ({ why, where }: Extract<ReportTrace, { kind: 'unreadable' }>, language: ReportLanguage): string =>
  [reportWords[language].ecg.page.why[why], where].filter(Boolean).join(reportWords[language].colon);

function emptySheet(head: readonly string[], said: readonly string[]): Sheet {
  const left = 8;
  const texts = [
    ...head.map((line) => ({ line, isBold: false, colour: 'text' as const })),
    ...said.filter(Boolean).map((line) => ({ line: oneLine(line), isBold: true, colour: 'warning' as const })),
  ];
  const sizeMm = textMm.header;
  return {
    ...page,
    primitives: texts.map(({ line, ...look }, at) => textLine(line, left, left + (at + 1) * 6, { ...look, sizeMm })),
  };
}

/** Whose trace, when, by which recorder, and its numbers; two to a line of the page. */
function headOf(content: ReportContent, trace: ReportTrace, language: ReportLanguage, options: LayoutOptions) {
  const { ecg, colon } = reportWords[language];
  const layout = reportLayout(content, language, options);
  const facts = new Map(
    layout.sections.flatMap((section) =>
      section.kind === 'facts' ? section.facts.map((fact): [string, Fact] => [`${section.key} ${fact.key}`, fact]) : [],
    ),
  );
  const value = (key: string) => facts.get(key)?.value;
  const labelled = (...keys: string[]) =>
    keys.map((key) => {
      const fact = facts.get(`ecg ${key}`);
      return fact && `${fact.label} ${fact.value}`;
    });
  const device = trace.kind === 'recording' ? [trace.device.manufacturer, trace.device.model].filter(Boolean) : [];
  const of = [value('patient name'), value('patient sex'), value('patient age'), value('order orderNumber')];
  const lines = [
    of,
    labelled('acquiredAt'),
    labelled('heartRate', 'prMs', 'qrsMs'),
    labelled('qtMs', 'axes'),
    [layout.facility],
    device.length > 0 ? [`${ecg.page.device}${colon}${device.join(' ')}`] : [],
  ];
  return { mark: layout.mark, lines: lines.map((parts) => fit(oneLine(parts.filter(Boolean).join('  ')), halfLine)) };
}

/** The page of a longer recording says that it is not the whole. */
function partOf({ leads, durationMs }: Extract<ReportTrace, { kind: 'recording' }>, language: ReportLanguage): string {
  const [first] = leads;
  const shownMs = first ? (first.samples.length * 1000) / first.samplingFrequency : 0;
  const seconds = (ms: number) => (ms / 1000).toFixed(1);
  if (shownMs >= durationMs) return '';
  return reportWords[language].ecg.page.partOf(seconds(shownMs), seconds(durationMs));
}

const oneLine = (text: string): string => visibleText(text).replaceAll('\n', ' ');

/** Cut so that the neighbour's place stays free; everything is whole on the pages before. */
function fit(text: string, halves: number): string {
  let used = 0;
  let shown = '';
  for (const character of text) {
    used += character < '\u0300' ? 1.2 : 2;
    if (used > halves) return `${shown}…`;
    shown += character;
  }
  return shown;
}
