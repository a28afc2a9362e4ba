import { type ReadText, splitAtNul } from './scp-text.ts';
import type { SectionCursor } from './section-cursor.ts';

/** Confirmation, date, time; then a count of statements. */
const headLength = 8;
const logicType = 3;
/** A universal statement has a handful of terms and modifiers. */
const maxFields = 64;

/** The lines of section 8 (EN 1064, 5.11), as the recorder or a person behind it wrote them. */
export function readTextStatements(cursor: SectionCursor, text: ReadText): string[] {
  cursor.take(headLength, 'state, date and time of the report');
  const count = cursor.u8('number of statements');
  return Array.from({ length: count }, () => {
    cursor.u8('number of a statement');
    return text(cursor.take(cursor.u16('length of a statement'), 'a statement'), cursor.where);
  }).filter(Boolean);
}

/**
 * The statements of section 11 (EN 1064, 5.14): coded ones as their codes, such as `IMI_PR_OL`, texts as they are. How
 * statements hang together (type 3) is no line for a reader.
 */
export function readUniversalStatements(cursor: SectionCursor, text: ReadText): string[] {
  cursor.take(headLength, 'state, date and time of the report');
  const count = cursor.u8('number of statements');
  return Array.from({ length: count }, () => {
    cursor.u8('number of a statement');
    const statement = cursor.take(cursor.u16('length of a statement'), 'a statement');
    if (statement.length === 0 || statement.readUInt8(0) === logicType) return '';
    const fields = splitAtNul(statement.subarray(1), maxFields).map((field) => text(field, cursor.where));
    return fields.filter(Boolean).join(' ');
  }).filter(Boolean);
}
