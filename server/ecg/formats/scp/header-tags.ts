import { type SectionCursor, scpInvalid, sectionCursor } from './section-cursor.ts';

const endTag = 255;
/** A tag may come again (drugs, history, free text); thousands of them are not a patient. */
const maxTags = 512;

/** Values of section 1 by tag, in the order of the file, with where each begins. */
export type HeaderTags = ReadonlyMap<number, readonly HeaderValue[]>;
export interface HeaderValue {
  readonly bytes: Buffer;
  readonly offset: number;
}

/** Reads the tag, length, value triples of section 1 (EN 1064, 5.4.3) up to tag 255 or the end of the section. */
export function readHeaderTags(cursor: SectionCursor): HeaderTags {
  const tags = new Map<number, HeaderValue[]>();
  // A section that is filled up with zeros has no more tags, whether or not an end mark stands before them.
  for (let count = 0; cursor.rest().some((byte) => byte !== 0); count += 1) {
    const at = cursor.at();
    const tag = cursor.u8('a tag');
    // Some recorders leave out the length of the end mark.
    if (tag === endTag) break;
    if (count === maxTags) throw scpInvalid(cursor.where, `at most ${maxTags} tags`, 'more', at);
    const length = cursor.u16(`length of tag ${tag}`);
    const offset = cursor.at();
    const value = { bytes: cursor.take(length, `value of tag ${tag}`), offset };
    tags.set(tag, [...(tags.get(tag) ?? []), value]);
  }
  return tags;
}

/** A cursor over the first value of a tag, if it is there and has at least `length` bytes. */
export function openTag(tags: HeaderTags, tag: number, length: number): SectionCursor | undefined {
  const value = tags.get(tag)?.[0];
  if (!value || value.bytes.length < length) return undefined;
  return sectionCursor(value.bytes, 0, value.bytes.length, `section 1 tag ${tag}`);
}
