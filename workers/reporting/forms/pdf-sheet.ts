import { fileURLToPath } from 'node:url';
import { codePointName } from '@lianzhen/contracts/visible-text.ts';
import PdfDocument from 'pdfkit';
import { breakLines } from './pdf-lines.ts';

const fontFile = (name: string): string =>
  fileURLToPath(import.meta.resolve(`@expo-google-fonts/noto-sans-sc/${name}.ttf`));
/** Fonts are asked for by their file, the name under which pdfkit keeps them: under another it reads 10 MB each time. */
const fonts = {
  regular: fontFile('400Regular/NotoSansSC_400Regular'),
  bold: fontFile('700Bold/NotoSansSC_700Bold'),
} as const;

export interface Style {
  font: keyof typeof fonts;
  /** Points. */
  size: number;
  leading: number;
  colour: string;
}
/** A4 in points, with room for the header and the footer of every page. */
export const page = { width: 595.28, height: 841.89, left: 50, right: 50, top: 74, bottom: 62 };
export const bodyWidth = page.width - page.left - page.right;

/** A document being written from top to bottom; `y` is where the next line goes. */
export interface Sheet {
  doc: PDFKit.PDFDocument;
  y: number;
  widths: Map<string, number>;
}

/**
 * @param info everything that pdfkit writes into the file's head; with a fixed date the same text gives the same bytes
 */
export function openSheet(info: { Title: string; Author: string; CreationDate: Date }): Sheet {
  const doc = new PdfDocument({
    size: 'A4',
    margin: 0,
    bufferPages: true,
    pdfVersion: '1.7',
    lang: 'zh-CN',
    displayTitle: true,
    font: fonts.regular,
    // Every line is another text: a cache of lines would only hold memory.
    fontLayoutCache: false,
    info: { ...info, ModDate: info.CreationDate, Creator: 'Lianzhen', Producer: 'Lianzhen' },
  });
  return { doc, y: page.top, widths: new Map() };
}

/** The file, once nothing more is to be written. */
export async function closeSheet({ doc }: Sheet): Promise<Buffer> {
  const pieces: Buffer[] = [];
  doc.end();
  for await (const piece of doc) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}

interface Face {
  hasGlyphForCodePoint(codePoint: number): boolean;
}
/** What the font has no shape for is written out as `[U+20BB7]`: a reader sees that a character stands there, and which. */
export function printable(sheet: Sheet, text: string): string {
  // pdfkit's types do not name its font object; the test of missing characters fails if it ever moves.
  const { _font } = sheet.doc.font(fonts.regular) as unknown as { _font: { font: Face } };
  const face = _font.font;
  return text.replace(/[^\n]/gu, (character) =>
    face.hasGlyphForCodePoint(character.codePointAt(0) ?? 0) ? character : codePointName(character),
  );
}

export function widthOf(sheet: Sheet, text: string, style: Style): number {
  let width = 0;
  for (const character of text) {
    const key = style.font + character;
    let unit = sheet.widths.get(key);
    if (unit === undefined) {
      unit = sheet.doc.font(fonts[style.font]).fontSize(1000).widthOfString(character) / 1000;
      sheet.widths.set(key, unit);
    }
    width += unit;
  }
  return width * style.size;
}

export const linesOf = (sheet: Sheet, text: string, width: number, style: Style): string[] =>
  breakLines(printable(sheet, text), width, (character) => widthOf(sheet, character, style));

/** Draws one line where it is told, without moving on. */
export function drawAt(sheet: Sheet, line: string, x: number, y: number, style: Style): void {
  if (line === '') return;
  sheet.doc.font(fonts[style.font]).fontSize(style.size).fillColor(style.colour).text(line, x, y, { lineBreak: false });
}

/** Draws one line whose letters stand on `baseline`. */
export function drawLine(sheet: Sheet, line: string, x: number, baseline: number, style: Style): void {
  if (line === '') return;
  const { doc } = sheet;
  doc.font(fonts[style.font]).fontSize(style.size).fillColor(style.colour);
  doc.text(line, x, baseline, { lineBreak: false, baseline: 'alphabetic' });
}

/** Begins a new page unless `height` points are left on this one. */
export function needHeight(sheet: Sheet, height: number): void {
  if (sheet.y + height <= page.height - page.bottom) return;
  sheet.doc.addPage();
  sheet.y = page.top;
}

/** Writes lines one below the other, over as many pages as they need. */
export function writeLines(sheet: Sheet, lines: readonly string[], x: number, style: Style): void {
  for (const line of lines) {
    needHeight(sheet, style.leading);
    drawAt(sheet, line, x, sheet.y, style);
    sheet.y += style.leading;
  }
}
