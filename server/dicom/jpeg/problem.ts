/** Why a JPEG stream cannot be decoded. The viewer shows each code in words of its own. */
export type JpegProblemCode = 'damaged-stream' | 'truncated' | 'unsupported-stream' | 'too-large' | 'missing-tag';

/** The one error of the decoders: a code, and the values that fill its text. */
export class JpegProblem extends Error {
  readonly code: JpegProblemCode;
  readonly details: Record<string, string | number>;

  constructor(code: JpegProblemCode, details: Record<string, string | number>) {
    super(`${code} ${JSON.stringify(details)}`);
    this.name = 'JpegProblem';
    this.code = code;
    this.details = details;
  }
}
