import type { XmlElement } from './parse-xml.ts';
import { warn, type XmlSource, xmlInvalid } from './xml-source.ts';

/** All children of that name. */
export const children = (element: XmlElement | undefined, name: string): XmlElement[] =>
  element?.children.filter((child) => child.name === name) ?? [];

/** The first element at the end of a path of names (`subject/trialSubject`). */
export function at(element: XmlElement | undefined, path: string): XmlElement | undefined {
  let found = element;
  for (const name of path.split('/')) found = found?.children.find((child) => child.name === name);
  return found;
}

/** All elements at the end of a path, through every element of each name. */
export function every(element: XmlElement | undefined, path: string): XmlElement[] {
  let found = element ? [element] : [];
  for (const name of path.split('/')) found = found.flatMap((one) => children(one, name));
  return found;
}

/** One line of text; null where it is missing or empty. What is longer than `limit` is left out and warned about: cut, it could say something else. */
export function line(source: XmlSource, text: string | undefined, where: string, limit = 256): string | null {
  const plain = text?.replace(/\s+/g, ' ').trim();
  if (!plain) return null;
  if (plain.length <= limit) return plain;
  warn(source, 'text-unreadable', where, `${plain.length} > ${limit}`);
  return null;
}

/** The text of the element at a path as one line. */
export const lineAt = (
  source: XmlSource,
  element: XmlElement | undefined,
  path: string,
  limit?: number,
): string | null => line(source, at(element, path)?.text, path, limit);

/** A decimal number, or undefined for anything else (`Indeterminate`, an empty element). */
export function numeric(text: string | undefined): number | undefined {
  const plain = text?.trim();
  if (!plain || plain.length > 32 || !/^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?$/.test(plain)) return undefined;
  const value = Number(plain);
  // What is beyond is forged, and no sum or product of what is within can overflow.
  return Math.abs(value) <= 1e15 ? value : undefined;
}

/** A number that must be there, and within bounds. */
export function neededNumber(
  source: XmlSource,
  text: string | undefined,
  where: string,
  least: number,
  most: number,
): number {
  const value = numeric(text);
  if (value === undefined || value < least || value > most)
    throw xmlInvalid(source, where, `a number from ${least} to ${most}`, text?.trim() || 'nothing');
  return value;
}
