import {
  type LayoutOptions,
  type ReportLayout,
  reportLayout,
  type Section,
} from '@lianzhen/contracts/report-layout.ts';
import { type ReportLanguage, reportWords } from '@lianzhen/contracts/report-words.ts';
import type { ReportContent } from '@lianzhen/contracts/reporting.ts';
import { visibleText } from '@lianzhen/contracts/visible-text.ts';
import type { ReportTrace } from '../read-trace.ts';
import {
  bodyWidth,
  closeSheet,
  drawAt,
  linesOf,
  needHeight,
  openSheet,
  page,
  printable,
  type Sheet,
  type Style,
  widthOf,
  writeLines,
} from './pdf-sheet.ts';
import { writeTracePage } from './pdf-trace.ts';
import { traceSheet } from './trace-sheet.ts';

const ink = '#111111';
const styles = {
  facility: { font: 'regular', size: 12, leading: 18, colour: ink },
  title: { font: 'bold', size: 19, leading: 30, colour: ink },
  mark: { font: 'bold', size: 13, leading: 20, colour: '#c00000' },
  notice: { font: 'bold', size: 10, leading: 16, colour: '#c00000' },
  heading: { font: 'bold', size: 11, leading: 20, colour: ink },
  label: { font: 'regular', size: 9.5, leading: 15.5, colour: '#666666' },
  value: { font: 'regular', size: 9.5, leading: 15.5, colour: ink },
  text: { font: 'regular', size: 11, leading: 18.5, colour: ink },
  margin: { font: 'regular', size: 8, leading: 11, colour: '#666666' },
} as const satisfies Record<string, Style>;

/** Points that a page with a trace keeps free: 8 mm, as its sheet does. */
const traceEdge = 22.68;

/**
 * The signed version as A4 PDF. It says what the screen says: both are made from `reportLayout`. Texts are whole, over
 * as many pages as they need; fonts are embedded; the same version gives the same bytes on every machine.
 * @param options.trace what an electrocardiogram's last page is drawn from, at true scale
 */
export async function renderPdf(
  content: ReportContent,
  options: LayoutOptions & { contentHash: string; language?: ReportLanguage; trace?: ReportTrace | undefined },
): Promise<Buffer> {
  const language = options.language ?? 'zh';
  const layout = reportLayout(content, language, options);
  const sheet = openSheet({
    Title: visibleText(`${layout.title} ${content.order.number}`),
    Author: layout.facility,
    CreationDate: new Date(content.signedAt),
  });
  writeTop(sheet, layout);
  const colon = reportWords[language].colon;
  for (const section of layout.sections) writeSection(sheet, section, colon);
  if (options.trace) writeTrace(sheet, content, options.trace, language, options);
  writeMargins(sheet, content, layout, language, options.contentHash);
  return closeSheet(sheet);
}

function writeTrace(
  sheet: Sheet,
  content: ReportContent,
  trace: ReportTrace,
  language: ReportLanguage,
  options: LayoutOptions,
): void {
  if (trace.kind !== 'picture') {
    writeTracePage(sheet, traceSheet(content, trace, language, options));
    return;
  }
  sheet.y += 8;
  const said = reportWords[language].ecg.page.picture;
  writeLines(sheet, linesOf(sheet, said, bodyWidth, styles.value), page.left, styles.value);
}

function centred(sheet: Sheet, text: string, style: Style): void {
  for (const line of linesOf(sheet, text, bodyWidth, style)) {
    drawAt(sheet, line, page.left + (bodyWidth - widthOf(sheet, line, style)) / 2, sheet.y, style);
    sheet.y += style.leading;
  }
}

function writeTop(sheet: Sheet, layout: ReportLayout): void {
  centred(sheet, layout.facility, styles.facility);
  centred(sheet, layout.title, styles.title);
  if (layout.mark) {
    const width = widthOf(sheet, layout.mark, styles.mark) + 20;
    const left = (page.width - width) / 2;
    sheet.doc.lineWidth(1.2).strokeColor(styles.mark.colour).rect(left, sheet.y, width, 24).stroke();
    drawAt(sheet, layout.mark, left + 10, sheet.y + 2.5, styles.mark);
    sheet.y += 32;
  }
  for (const notice of layout.notices) centred(sheet, notice, styles.notice);
}

function writeSection(sheet: Sheet, section: Section, colon: string): void {
  // A heading never stands alone at the foot of a page.
  needHeight(sheet, styles.heading.leading + styles.text.leading * 2 + 8);
  sheet.y += 8;
  writeLines(sheet, linesOf(sheet, section.title, bodyWidth, styles.heading), page.left, styles.heading);
  const line = sheet.y - 2;
  sheet.doc
    .lineWidth(0.5)
    .strokeColor('#999999')
    .moveTo(page.left, line)
    .lineTo(page.width - page.right, line)
    .stroke();
  sheet.y += 2;
  if (section.kind === 'text') {
    writeLines(sheet, linesOf(sheet, section.text, bodyWidth, styles.text), page.left, styles.text);
    return;
  }
  let isLeft = true;
  for (const fact of section.facts) isLeft = writeFact(sheet, fact.label + colon, fact.value, fact.isWide, isLeft);
  if (!isLeft) sheet.y += styles.value.leading;
}

/**
 * Two short facts share a line; one that is wide, or too long for its half, has its own.
 * @returns whether the next fact stands on the left
 */
function writeFact(sheet: Sheet, label: string, value: string, isWide: boolean, isLeft: boolean): boolean {
  const half = (bodyWidth - 16) / 2;
  const labelLine = printable(sheet, label);
  const indent = widthOf(sheet, labelLine, styles.label);
  const needed = indent + widthOf(sheet, printable(sheet, value), styles.value);
  if (isWide || needed > half || value.includes('\n')) {
    if (!isLeft) sheet.y += styles.value.leading;
    needHeight(sheet, styles.value.leading);
    drawAt(sheet, labelLine, page.left, sheet.y, styles.label);
    writeLines(sheet, linesOf(sheet, value, bodyWidth - indent, styles.value), page.left + indent, styles.value);
    return true;
  }
  if (isLeft) needHeight(sheet, styles.value.leading);
  const x = isLeft ? page.left : page.left + half + 16;
  drawAt(sheet, labelLine, x, sheet.y, styles.label);
  drawAt(sheet, printable(sheet, value), x + indent, sheet.y, styles.value);
  if (!isLeft) sheet.y += styles.value.leading;
  return !isLeft;
}

/** Every page says whose it is, of which report and version, and how many there are: a single sheet is no orphan. */
function writeMargins(
  sheet: Sheet,
  content: ReportContent,
  layout: ReportLayout,
  language: ReportLanguage,
  contentHash: string,
): void {
  const words = reportWords[language];
  const first = (text: string, width: number): string => linesOf(sheet, text, width, styles.margin)[0] ?? '';
  const patient = visibleText(`${content.patient.name}  ${content.order.number}`).replaceAll('\n', ' ');
  const version = `${words.version(content.versionNumber)}  SHA-256 ${contentHash.slice(0, 16)}`;
  const head = first(`${layout.title}  ${layout.mark}`.trim(), bodyWidth / 2);
  const whose = first(patient, bodyWidth / 2);
  const { start, count } = sheet.doc.bufferedPageRange();
  for (let at = start; at < start + count; at++) {
    sheet.doc.switchToPage(at);
    const { width, height } = sheet.doc.page;
    const numbers = words.page(at - start + 1, count);
    // A trace needs the whole of its page: it has one line at the very foot.
    const isTrace = width > height;
    const edge = isTrace ? traceEdge : page.left;
    const right = (text: string) => width - edge - widthOf(sheet, text, styles.margin);
    const foot = height - (isTrace ? traceEdge + 4 : 42);
    if (!isTrace) {
      drawAt(sheet, head, edge, 40, styles.margin);
      drawAt(sheet, whose, right(whose), 40, styles.margin);
    }
    drawAt(sheet, isTrace ? `${head}  ${whose}  ${version}` : version, edge, foot, styles.margin);
    drawAt(sheet, numbers, right(numbers), foot, styles.margin);
  }
}
