import type { Binary, PersonName } from './study-model.ts';

/** An element of the DICOM JSON model (PS3.18 annex F). Nothing in it is trusted to have the type it should have. */
interface JsonElement {
  readonly vr?: unknown;
  readonly Value?: unknown;
  readonly InlineBinary?: unknown;
  readonly BulkDataURI?: unknown;
}

/** A data set of the DICOM JSON model: elements by eight hexadecimal digits. */
export type JsonDataset = Readonly<Record<string, JsonElement | undefined>>;

const maxText = 1024;

export function isDataset(value: unknown): value is JsonDataset {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function values(dataset: JsonDataset, tag: string): readonly unknown[] {
  const found = dataset[tag]?.Value;
  return Array.isArray(found) ? found : [];
}

/** Every value as text, NULs and outer blanks removed, cut where no honest text goes on. */
export function texts(dataset: JsonDataset, tag: string): string[] {
  return values(dataset, tag).map((value) => {
    const isPlain = typeof value === 'string' || typeof value === 'number';
    return isPlain ? String(value).replaceAll('\0', '').trim().slice(0, maxText) : '';
  });
}

export const text = (dataset: JsonDataset, tag: string): string => texts(dataset, tag)[0] ?? '';

/** Every value as a number; some servers write DS and IS as text. What is no number is left out. */
export function numbers(dataset: JsonDataset, tag: string): number[] {
  return texts(dataset, tag)
    .map((value) => (value === '' ? Number.NaN : Number(value)))
    .filter(Number.isFinite);
}

export const number = (dataset: JsonDataset, tag: string): number | null => numbers(dataset, tag)[0] ?? null;

export function sequence(dataset: JsonDataset, tag: string): JsonDataset[] {
  return values(dataset, tag).filter(isDataset);
}

/** The bytes of an element, wherever they are; words of a US or SS element are written out little endian. */
export function binary(dataset: JsonDataset, tag: string): Binary | null {
  const element = dataset[tag];
  if (typeof element?.InlineBinary === 'string') return { inline: fromBase64(element.InlineBinary) };
  if (typeof element?.BulkDataURI === 'string') return { uri: element.BulkDataURI };
  const words = numbers(dataset, tag);
  return words.length > 0 ? { inline: new Uint8Array(Uint16Array.from(words).buffer) } : null;
}

function fromBase64(encoded: string): Uint8Array {
  try {
    return Uint8Array.from(atob(encoded), (character) => character.charCodeAt(0));
  } catch {
    // Not base64: an empty table, which its reader then reports by the tag it belongs to.
    return new Uint8Array(0);
  }
}

const emptyName: PersonName = { alphabetic: '', ideographic: '', phonetic: '' };

/** A PN element: three groups, or the one text of servers that do not split them. */
export function personName(dataset: JsonDataset, tag: string): PersonName {
  const value = values(dataset, tag)[0];
  if (typeof value === 'string') return fromGroups(value.split('='));
  if (!isDataset(value)) return emptyName;
  const groups = value as { Alphabetic?: unknown; Ideographic?: unknown; Phonetic?: unknown };
  return fromGroups([groups.Alphabetic, groups.Ideographic, groups.Phonetic]);
}

function fromGroups([alphabetic, ideographic, phonetic]: readonly unknown[]): PersonName {
  return { alphabetic: readable(alphabetic), ideographic: readable(ideographic), phonetic: readable(phonetic) };
}

const readable = (group: unknown): string =>
  typeof group === 'string' ? group.replaceAll('\0', '').replace(/\^+/g, ' ').trim().slice(0, maxText) : '';
