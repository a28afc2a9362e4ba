/** The signed document of a report version, as the hub made it once. */
export const reportPdf = (versionId: string): string => `/api/report-versions/${versionId}/document.pdf`;

const trace = (id: string): string => `/api/ecg/traces/${encodeURIComponent(id)}`;
/** A recording's file as it came; saved by a browser, never run. A picture can be shown from it. */
export const traceOriginal = (id: string): string => `${trace(id)}/original`;
/** Samples of a stretch of time, in the shape of contracts/ecg-window.ts. */
export const traceWindow = (id: string, recording: number, fromMs: number, toMs: number): string =>
  `${trace(id)}/window?${new URLSearchParams({ recording: String(recording), fromMs: String(fromMs), toMs: String(toMs) })}`;
/** Lowest and highest of every so many samples, in the same shape. */
export const traceOverview = (id: string, recording: number, level: number, fromMs: number, toMs: number): string =>
  `${trace(id)}/overview?${new URLSearchParams({ recording: String(recording), level: String(level), fromMs: String(fromMs), toMs: String(toMs) })}`;
