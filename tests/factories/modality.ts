import { fileMeta } from '@lianzhen/dicom/file-meta.ts';
import { explicitLittleEndian, sopClass } from '@lianzhen/dicom/sop-classes.ts';
import { openAssociation } from '../../server/api/dimse/scu.ts';
import type { SyntheticInstance } from './dicom.ts';
import { type Caller, HubRefusal } from './hub-client.ts';

/** What a hub said about one instance. Anything but a success leaves it with its sender, who comes again. */
export interface Answer {
  sopInstanceUid: string;
  isTaken: boolean;
  /** DIMSE status or STOW failure reason, in hexadecimal digits. */
  status: string;
}

/** One way in. Reports each answer as it comes; rejects when the connection breaks, which leaves the rest unanswered. */
export type Door = (batch: readonly SyntheticInstance[], onAnswer: (answer: Answer) => void) => Promise<void>;

const hex = (code: number): string => code.toString(16).toUpperCase().padStart(4, '0');

/** CT slices in explicit little endian over one association. */
export function cStoreDoor(port: number, callingAeTitle: string, calledAeTitle = 'LIANZHEN'): Door {
  return async (batch, onAnswer) => {
    const association = await openAssociation({
      ...{ host: '127.0.0.1', port, callingAeTitle, calledAeTitle, timeoutMs: 10_000 },
      contexts: [{ abstractSyntax: sopClass.ct, transferSyntaxes: [explicitLittleEndian] }],
    });
    for (const { sopInstanceUid, bytes } of batch) {
      const uids = { sopClassUid: sopClass.ct, sopInstanceUid, transferSyntaxUid: explicitLittleEndian };
      const { code } = await association.store({ ...uids, body: bytes.subarray(fileMeta(uids).length) });
      onAnswer({ sopInstanceUid, isTaken: code === 0, status: hex(code) });
    }
    await association.release();
  };
}

/** One STOW-RS upload. */
export function stowDoor(sender: Caller): Door {
  return async (batch, onAnswer) => {
    const { body, contentType } = multipartOf(batch.map(({ bytes }) => bytes));
    const headers = { 'content-type': contentType, accept: 'application/dicom+json' };
    const response = await sender.fetch('/dicomweb/studies', { method: 'POST', headers, body });
    const text = await response.text().catch(() => '');
    if (![200, 202, 409].includes(response.status)) {
      throw new HubRefusal('unreachable', response.status, { body: text.slice(0, 300) }, 'POST /dicomweb/studies');
    }
    const said = JSON.parse(text) as Record<string, { Value?: Record<string, { Value?: unknown[] }>[] } | undefined>;
    for (const item of said['00081199']?.Value ?? []) {
      onAnswer({ sopInstanceUid: String(item['00081155']?.Value?.[0]), isTaken: true, status: '0000' });
    }
    for (const item of said['00081198']?.Value ?? []) {
      const status = hex(Number(item['00081197']?.Value?.[0]));
      onAnswer({ sopInstanceUid: String(item['00081155']?.Value?.[0]), isTaken: false, status });
    }
  };
}

const boundary = 'lianzhen-modality-5f1c0a';

export function multipartOf(files: readonly Buffer[]): { body: Uint8Array<ArrayBuffer>; contentType: string } {
  const head = Buffer.from(`--${boundary}\r\nContent-Type: application/dicom\r\n\r\n`);
  const parts = files.flatMap((file) => [head, file, Buffer.from('\r\n')]);
  const body = new Uint8Array(Buffer.concat([...parts, Buffer.from(`--${boundary}--\r\n`)]));
  return { body, contentType: `multipart/related; type="application/dicom"; boundary=${boundary}` };
}

/** The bodies of a multipart answer, as they came. */
export function partsOf(contentType: string, bytes: Buffer): Buffer[] {
  const name = /boundary="?([^";]+)"?/.exec(contentType)?.[1] ?? '';
  const delimiter = Buffer.from(`--${name}`);
  const parts: Buffer[] = [];
  for (let at = bytes.indexOf(delimiter); at >= 0; ) {
    const next = bytes.indexOf(delimiter, at + delimiter.length);
    if (next < 0) return parts;
    const start = bytes.indexOf('\r\n\r\n', at) + 4;
    parts.push(bytes.subarray(start, next - 2));
    at = next;
  }
  return parts;
}
