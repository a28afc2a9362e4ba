import { HubError } from '@lianzhen/contracts/errors.ts';
import { parseDate, parseTime, toDa } from '@lianzhen/dicom/dates.ts';
import type { SearchField } from './search-fields.ts';

/** One key of a search, parsed: what a store needs to ask. */
export type Condition =
  | { kind: 'equals'; field: SearchField; value: string }
  | { kind: 'number'; field: SearchField; value: number }
  | { kind: 'like'; field: SearchField; pattern: string }
  /** Each pattern must fit one of the name's groups. */
  | { kind: 'name'; field: SearchField; patterns: string[] }
  | { kind: 'range'; field: SearchField; from?: string; to?: string }
  | { kind: 'oneOf'; field: SearchField; values: string[] }
  | { kind: 'holds'; field: SearchField; values: string[] };

const mostValues = 200;
const mostCharacters = 16_384;

/**
 * Parses the value of one key.
 * @returns undefined for an empty value or a lone star: these match everything
 * @throws HubError `malformed-request` naming the tag and what was expected
 */
export function parseCondition(field: SearchField, text: string): Condition | undefined {
  const value = text.trim();
  const { matching, tag } = field;
  if (matching === undefined || value === '' || /^\*+$/.test(value)) return undefined;
  // No header holds one, and PostgreSQL has no place for some.
  if (/\p{Cc}/u.test(value)) throw new HubError('malformed-request', { tag, expected: 'no control characters' });
  if (value.length > mostCharacters) throw new HubError('malformed-request', { tag, expected: 'a shorter value' });
  switch (matching) {
    case 'uid':
      return { kind: 'oneOf', field, values: uidList(value, tag) };
    case 'list':
      return { kind: 'holds', field, values: value.split(/[\\,]/).filter(Boolean).slice(0, mostValues) };
    case 'date':
      return range(field, value, dateOf);
    case 'time':
      return range(field, value, timeOf);
    case 'number':
      if (!/^-?\d{1,9}$/.test(value)) throw new HubError('malformed-request', { tag, expected: 'a whole number' });
      return { kind: 'number', field, value: Number(value) };
    case 'name': {
      const patterns = value.split('=').map(namePattern).filter(Boolean);
      return patterns.length === 0 ? undefined : { kind: 'name', field, patterns };
    }
    case 'text':
      return hasWildcard(value)
        ? { kind: 'like', field, pattern: likePattern(value) }
        : { kind: 'equals', field, value };
  }
}

const hasWildcard = (value: string): boolean => /[*?]/.test(value);

/** `*` and `?` (PS3.4 C.2.2.2.4) in the words of SQL LIKE. */
const likePattern = (value: string): string =>
  value
    .replace(/[\\%_]/g, '\\$&')
    .replace(/\*+/g, '%')
    .replaceAll('?', '_');

/** Empty components at the end of a name mean nothing (PS3.5 6.2.1.1). */
const namePattern = (group: string): string => likePattern(group.replace(/[\s^]+$/, '').trim());

function uidList(value: string, tag: string): string[] {
  const uids = value.split(/[\\,]/).map((uid) => uid.trim());
  const isList = uids.length <= mostValues && uids.every((uid) => /^\d+(\.\d+)*$/.test(uid) && uid.length <= 64);
  if (!isList) throw new HubError('malformed-request', { tag, expected: `at most ${mostValues} UIDs` });
  return uids;
}

function range(
  field: SearchField,
  value: string,
  read: (text: string, isEnd: boolean) => string | undefined,
): Condition {
  const [first = '', last] = value.split('-');
  const from = first.trim() === '' ? undefined : read(first, false);
  const to = last === undefined ? read(first, true) : last.trim() === '' ? undefined : read(last, true);
  const isRead = (text: string | undefined, result: string | undefined) => !text?.trim() || result !== undefined;
  if (value.split('-').length > 2 || !isRead(first, from) || !isRead(last, to)) {
    throw new HubError('malformed-request', { tag: field.tag, expected: `${field.vr} or a range of two` });
  }
  return { kind: 'range', field, ...(from ? { from } : {}), ...(to ? { to } : {}) };
}

const dateOf = (text: string): string | undefined => {
  const date = parseDate(text);
  return date && toDa(date);
};

/** Times are compared as text: an end that names only the minute means all of that minute. */
const timeOf = (text: string, isEnd: boolean): string | undefined => {
  const plain = text.trim().replaceAll(':', '');
  if (parseTime(plain) === undefined) return undefined;
  return isEnd
    ? plain
        .replace(/^(\d{2})$/, '$159')
        .replace(/^(\d{4})$/, '$159')
        .replace(/^(\d{6})$/, '$1.999999')
    : plain;
};
