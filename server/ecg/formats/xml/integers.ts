import { type XmlSource, xmlInvalid } from './xml-source.ts';

const isSpace = (code: number) => code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
const most = 2 ** 31 - 1;

/** Counts first, so that the samples are allocated once and at their size. */
function countWords(text: string): number {
  let count = 0;
  let isInside = false;
  for (let i = 0; i < text.length; i += 1) {
    const space = isSpace(text.charCodeAt(i));
    if (!space && !isInside) count += 1;
    isInside = !space;
  }
  return count;
}

const wordAt = (text: string, at: number) => text.slice(at, at + 24).split(/\s/)[0] ?? '';

/** Integers of 32 bits separated by white space, read from the text in place. Throws `ecg-invalid` at the first that is none. */
export function readIntegers(source: XmlSource, text: string, where: string): Int32Array {
  const out = new Int32Array(countWords(text));
  let at = 0;
  for (let i = 0; i < out.length; i += 1) {
    while (isSpace(text.charCodeAt(at))) at += 1;
    const start = at;
    const first = text.charCodeAt(at);
    if (first === 0x2d || first === 0x2b) at += 1;
    const digits = at;
    let value = 0;
    for (; at < text.length && !isSpace(text.charCodeAt(at)); at += 1) {
      const digit = text.charCodeAt(at) - 0x30;
      value = value * 10 + digit;
      if (digit < 0 || digit > 9 || value > most)
        throw xmlInvalid(source, where, `integers of 32 bits (number ${i + 1})`, wordAt(text, start));
    }
    if (at === digits) throw xmlInvalid(source, where, `integers of 32 bits (number ${i + 1})`, wordAt(text, start));
    out[i] = first === 0x2d ? -value : value;
  }
  return out;
}
