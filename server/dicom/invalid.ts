import { HubError } from '@lianzhen/contracts/errors.ts';
import { tagText } from './dictionary.ts';

/** Where bytes are not what DICOM says they must be. Offsets count from the first byte that was given. */
export interface Defect {
  /** group * 65536 + element, where one is known. */
  tag?: number | undefined;
  expected: string;
  found: string;
  offset?: number | undefined;
}

/** The error for bytes that cannot be understood: names the tag, what was expected there, what was found and where. */
export function invalid({ tag, expected, found, offset }: Defect, cause?: unknown): HubError {
  const details = {
    tag: tag === undefined ? undefined : tagText(tag),
    expected,
    // What was found comes from outside: bounded, so that neither an answer nor a log can be flooded with it.
    found: found.slice(0, 80),
    offset,
  };
  return new HubError('dicom-invalid', details, cause === undefined ? undefined : { cause });
}

/** An oddity that did not prevent reading. `code` is stable: people see a text made from it. */
export interface DicomWarning {
  code: DicomWarningCode;
  tag?: string;
  found?: string;
  expected?: string;
}

export type DicomWarningCode =
  | 'no-preamble'
  | 'vr-encoding-mismatch'
  | 'vr-unknown'
  | 'vr-missing'
  | 'value-unreadable'
  | 'uid-leading-zero'
  | 'uid-padding'
  | 'meta-mismatch'
  | 'meta-length-wrong'
  | 'duplicate-element'
  | 'out-of-order'
  | 'stray-delimiter'
  | 'trailing-bytes'
  | 'charset-unknown'
  | 'charset-guessed'
  | 'charset-suspect'
  | 'pixel-data-truncated'
  | 'pixel-length-mismatch'
  | 'pixel-description-incomplete'
  | 'frames-not-byte-aligned'
  | 'frame-count-mismatch'
  | 'offset-table-wrong';

/** Warnings are bounded and each code and tag is said once: a hostile file must not fill the memory with complaints. */
export class Warnings {
  readonly list: DicomWarning[] = [];
  readonly #said = new Set<string>();

  add(code: DicomWarningCode, tag?: number, details: { found?: string; expected?: string } = {}): void {
    const text = tag === undefined ? undefined : tagText(tag);
    const key = `${code} ${text ?? ''}`;
    if (this.list.length >= 100 || this.#said.has(key)) return;
    this.#said.add(key);
    this.list.push({
      code,
      ...(text === undefined ? {} : { tag: text }),
      ...(details.found === undefined ? {} : { found: details.found.slice(0, 80) }),
      ...(details.expected === undefined ? {} : { expected: details.expected }),
    });
  }
}
