/** Not computed, lead rejected, wave not there: what recorders write in place of a measurement (EN 1064, 5.10.2). */
const codes = [29999, 29998, 19999];

export const isMissing = (value: number): boolean => codes.includes(value);
