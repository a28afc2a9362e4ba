/** One attribute of the DICOM JSON model (PS3.18 Annex F.2.2). */
export interface DicomAttribute {
  vr: string;
  Value?: unknown[];
  BulkDataURI?: string;
  InlineBinary?: string;
}

/** A dataset in the DICOM JSON model (PS3.18 Annex F): eight upper-case hexadecimal digits to attribute. */
export type DicomJson = Record<string, DicomAttribute>;

/** The three groups of a person's name (PS3.5 6.2.1.1), each with its `^`-separated components. */
export interface PersonName {
  Alphabetic?: string;
  Ideographic?: string;
  Phonetic?: string;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Every value of a text attribute, empty ones as `''`; a number is given as it would be written. */
export function texts(json: DicomJson, tag: string): string[] {
  const values = json[tag]?.Value ?? [];
  return values.map((value) => {
    if (typeof value === 'string') return value;
    if (typeof value === 'number') return String(value);
    return isRecord(value) && typeof value.Alphabetic === 'string' ? value.Alphabetic : '';
  });
}

/** The first value of a text attribute, or undefined when it is absent or empty. */
export function text(json: DicomJson, tag: string): string | undefined {
  return texts(json, tag)[0] || undefined;
}

/** Every value that is a finite number; others are left out. */
export function numbers(json: DicomJson, tag: string): number[] {
  return (json[tag]?.Value ?? [])
    .map((value) => (typeof value === 'string' && value.trim() !== '' ? Number(value) : value))
    .filter((value): value is number => typeof value === 'number' && Number.isFinite(value));
}

/** The first value as a finite number, or undefined. */
export function number(json: DicomJson, tag: string): number | undefined {
  return numbers(json, tag)[0];
}

/** The first name, or undefined when no group of it holds a character. */
export function personName(json: DicomJson, tag: string): PersonName | undefined {
  const value = json[tag]?.Value?.[0];
  if (!isRecord(value)) return undefined;
  const name: PersonName = {};
  if (typeof value.Alphabetic === 'string' && value.Alphabetic) name.Alphabetic = value.Alphabetic;
  if (typeof value.Ideographic === 'string' && value.Ideographic) name.Ideographic = value.Ideographic;
  if (typeof value.Phonetic === 'string' && value.Phonetic) name.Phonetic = value.Phonetic;
  return Object.keys(name).length === 0 ? undefined : name;
}

/** The items of a sequence; empty when it is absent or not a sequence. */
export function sequence(json: DicomJson, tag: string): DicomJson[] {
  const attribute = json[tag];
  if (attribute?.vr !== 'SQ') return [];
  return (attribute.Value ?? []).filter(isRecord) as DicomJson[];
}

/** The first value when it has the form of a UID (PS3.5 9.1, leading zeros tolerated), else undefined. */
export function uid(json: DicomJson, tag: string): string | undefined {
  const value = text(json, tag);
  return value && value.length <= 64 && /^\d+(\.\d+)*$/.test(value) ? value : undefined;
}
