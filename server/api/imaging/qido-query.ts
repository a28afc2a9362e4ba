import { HubError } from '@lianzhen/contracts/errors.ts';
import { tagOfKeyword } from '@lianzhen/dicom/dictionary.ts';
import { parseCondition } from './search-condition.ts';
import { type Level, searchFieldOf } from './search-fields.ts';
import type { Search } from './search-store.ts';

export interface QidoQuery {
  search: Search;
  /** Tags of `includefield`; `all` is everything there is. */
  include: ReadonlySet<string> | 'all';
  /** For the Warning header: what was asked for and not done. */
  warnings: string[];
}

const presetLimit = 200;
const mostResults = 1000;
const mostOffset = 1_000_000;

/**
 * Reads the query of a QIDO-RS search (PS3.18 8.3.4). A key that cannot be matched is told, never silently ignored.
 * @param parents UIDs from the path, by tag
 * @throws HubError `malformed-request` naming the parameter and what was expected
 */
export function parseQidoQuery(level: Level, query: URLSearchParams, parents: Record<string, string>): QidoQuery {
  const warnings: string[] = [];
  const include = new Set<string>();
  let isAll = false;
  const search: Search = { level, conditions: [], limit: presetLimit, offset: 0 };
  const match = (tag: string, value: string, name: string) => {
    // Within a sequence nothing is matched; its own attribute would be another one.
    const field = name.includes('.') ? undefined : searchFieldOf(tag, level);
    if (!field?.matching) return void warnings.push(`${name} is not supported for matching and was ignored`);
    const condition = parseCondition(field, value);
    if (condition) search.conditions.push(condition);
  };
  for (const [tag, value] of Object.entries(parents)) match(tag, value, tag);
  for (const [name, value] of query) {
    if (name === 'limit') search.limit = wholeNumber(name, value, Number.MAX_SAFE_INTEGER);
    else if (name === 'offset') search.offset = wholeNumber(name, value, mostOffset);
    else if (name === 'fuzzymatching') {
      if (value === 'true') warnings.push('fuzzymatching is not supported; only literal matching has been performed');
    } else if (name === 'includefield') {
      for (const one of value.split(',')) {
        if (one === 'all') isAll = true;
        else include.add(requireTag(one, name));
      }
    } else if (!['accept', 'charset', 'facility'].includes(name)) match(requireTag(name, name), value, name);
  }
  if (search.limit > mostResults) {
    search.limit = mostResults;
    warnings.push(`limit is ${mostResults} results at the most`);
  }
  return { search, include: isAll ? 'all' : include, warnings };
}

function wholeNumber(field: string, value: string, most: number): number {
  const number = Number(value);
  if (/^\d{1,16}$/.test(value) && number <= most) return number;
  throw new HubError('malformed-request', { field, expected: `a whole number from 0 to ${most}` });
}

const tagOf = (part: string): string | undefined =>
  /^[0-9a-f]{8}$/i.test(part) ? part.toUpperCase() : tagOfKeyword(part);

/** An attribute by keyword or by its eight digits; of a path into a sequence, which holds nothing else, its first part. */
function requireTag(name: string, field: string): string {
  const path = name.split('.').map(tagOf);
  const [tag] = path;
  if (tag && !path.includes(undefined)) return tag;
  throw new HubError('malformed-request', { field: field.slice(0, 64), expected: 'a DICOM keyword or tag' });
}
