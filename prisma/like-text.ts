/**
 * Text that `contains` and `startsWith` take as it is: Prisma hands `%`, `_` and `\` on to LIKE, where `%` would match
 * everything and a row of them would keep PostgreSQL busy.
 */
export const likeText = (text: string): string => text.replace(/[\\%_]/g, '\\$&');
