import { asApiError } from '../../api/api-error.ts';

const tries = 15;
const rest = () => new Promise<void>((resume) => window.setTimeout(resume, 1000));

/**
 * Signs as soon as the last marks are saved as DICOM: the hub refuses until then, and has begun to save them. What fails
 * otherwise, or does not end, fails as it is.
 */
export async function signedOnceSaved<T>(sign: () => Promise<T>, wait = rest): Promise<T> {
  for (let tried = 1; ; tried++) {
    try {
      return await sign();
    } catch (cause) {
      if (asApiError(cause).code !== 'marks-unsaved' || tried === tries) throw cause;
    }
    await wait();
  }
}
