import { z } from 'zod';

/** Field shapes that every word uses. */
export const Id = z.uuid();
export const Revision = z.number().int().min(1);
export const Instant = z.iso.datetime({ offset: true });
export const Day = z.iso.date();
const plain = /^[^\p{Cc}\p{Cs}]*$/u;
/** What is compared as it was typed: bounded, no control characters, no half of a character. */
export const Typed = (max: number) => z.string().max(max).regex(plain, 'control-characters');
/** A short line of text: as what is typed, and trimmed. */
export const Line = (max = 200) => z.string().trim().max(max).regex(plain, 'control-characters');
export const RequiredLine = (max = 200) => Line(max).min(1);
/** An instance, series or study of DICOM (PS3.5 9.1). */
export const Uid = z.string().regex(/^[0-9.]{1,64}$/);
/** Text of several lines. */
export const Text = (max = 8000) =>
  z
    .string()
    .max(max)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused here.
    .regex(/^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\p{Cs}]*$/u, 'control-characters');
export const RequiredText = (max = 8000) => Text(max).refine((text) => text.trim().length > 0, 'required');
export const Reason = RequiredText(1000);

export const Page = z.object({
  page: z.coerce.number().int().min(1).max(10_000).default(1),
  pageSize: z.coerce.number().int().min(1).max(200).default(50),
});
export const pageOf = <T extends z.ZodType>(row: T) => z.object({ rows: z.array(row), total: z.number().int() });

/**
 * How many rows are counted beyond the page that is shown, and of each heap beside a list. Who is not near their end needs
 * to know no more than that there are more, and counting them all costs the more the longer a hub has run.
 */
export const mostAhead = 200;
/** Whether a page's total means "or more". */
export const isMore = (total: number, { page, pageSize }: { page: number; pageSize: number }): boolean =>
  total >= page * pageSize + mostAhead;
/** A number of a heap beside a list as people read it: `200+` where nobody counted on. */
export const countText = (count: number): string => (count >= mostAhead ? `${mostAhead}+` : `${count}`);

/** A list in a query string: `?state=a&state=b`, `?state[]=a` or a single value. */
export const ListOf = <T extends z.ZodType>(item: T, max = 50) =>
  z.preprocess((value) => (value === undefined || Array.isArray(value) ? value : [value]), z.array(item).max(max));
export const Flag = z.preprocess((value) => (value === 'true' ? true : value === 'false' ? false : value), z.boolean());
export const Done = z.object({ ok: z.literal(true) });
