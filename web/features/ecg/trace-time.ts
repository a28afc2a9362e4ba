/** The recorder's own clock as it reads, to the minute: `2026-11-22 09:41`. It is not turned into another zone. */
export const dayTime = (acquiredAt: string): string => acquiredAt.replace('T', ' ').slice(0, 16);
