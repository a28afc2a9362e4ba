import type { SendFile } from './upload-queue.ts';

const boundary = 'lianzhen-upload';

/** One instance over STOW-RS (PS3.18 10.5). 200 stored, 202 and 409 tell why not in 00081198. */
export const sendFile: SendFile = async (file, signal) => {
  const head = `--${boundary}\r\nContent-Type: application/dicom\r\n\r\n`;
  const body = new Blob([head, file, `\r\n--${boundary}--\r\n`]);
  try {
    const answer = await fetch('/dicomweb/studies', {
      method: 'POST',
      body,
      signal,
      headers: {
        'Content-Type': `multipart/related; type="application/dicom"; boundary=${boundary}`,
        Accept: 'application/dicom+json',
      },
    });
    if (answer.status === 200) return { outcome: 'stored' };
    if (answer.status === 429 || answer.status >= 500) return { outcome: 'unreachable' };
    return { outcome: 'refused', reason: await reasonOf(answer) };
  } catch {
    // No answer came: whether the file arrived is not known, and sending it again does no harm.
    return { outcome: 'unreachable' };
  }
};

async function reasonOf(answer: Response): Promise<string> {
  const told = (await answer.json().catch(() => undefined)) as
    | Record<string, { Value?: Array<Record<string, { Value?: unknown[] }>> }>
    | undefined;
  const code = told?.['00081198']?.Value?.[0]?.['00081197']?.Value?.[0];
  return typeof code === 'number' ? `0x${code.toString(16).toUpperCase().padStart(4, '0')}` : String(answer.status);
}
