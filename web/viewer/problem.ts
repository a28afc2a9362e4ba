import { JpegProblem } from '@lianzhen/dicom/jpeg/problem.ts';

/** What can go wrong between a study and its pixels; each code is a text key `problem.<code>` in the viewer's texts. */
export type ProblemCode =
  | 'http'
  | 'network'
  | 'not-dicom-json'
  | 'no-images'
  | 'too-many-images'
  | 'answer-too-large'
  | 'multipart'
  | 'unsupported-syntax'
  | 'unsupported-stream'
  | 'unsupported-pixels'
  | 'damaged-stream'
  | 'truncated'
  | 'too-large'
  | 'missing-tag'
  | 'codec-missing'
  | 'decode-timeout'
  | 'worker-lost'
  | 'foreign-address';

/** Values that fill the text of a problem; never shown as anything but text. */
export type ProblemDetails = Record<string, string | number>;

/** The one error of the viewer: a code with a text in both languages, and the values that fill it. */
export class ViewerProblem extends Error {
  readonly code: ProblemCode;
  readonly details: ProblemDetails;

  constructor(code: ProblemCode, details: ProblemDetails = {}, cause?: unknown) {
    super(`${code} ${JSON.stringify(details)}`, { cause });
    this.name = 'ViewerProblem';
    this.code = code;
    this.details = details;
  }
}

/** A load that nobody waits for any more is not a failure, so callers have to tell it apart from one. */
export function isAbort(cause: unknown): boolean {
  return cause instanceof DOMException && cause.name === 'AbortError';
}

/** Anything thrown, as the problem a person is told about; what we did not foresee keeps its own words in `reason`. */
export function toProblem(cause: unknown, otherwise: ProblemCode): ViewerProblem {
  if (cause instanceof ViewerProblem) return cause;
  if (cause instanceof JpegProblem) return new ViewerProblem(cause.code, cause.details, cause);
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new ViewerProblem(otherwise, { reason: reason.slice(0, 200) }, cause);
}
