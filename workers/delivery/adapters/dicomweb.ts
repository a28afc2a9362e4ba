import { createHash } from 'node:crypto';
import { DicomWebConfig } from '@lianzhen/contracts/delivery.ts';
import { type DicomJson, number, sequence, text } from '@lianzhen/dicom/model.ts';
import { writePart10 } from '@lianzhen/dicom/part10.ts';
import { sopClass } from '@lianzhen/dicom/sop-classes.ts';
import { tags } from '@lianzhen/dicom/tags.ts';
import { z } from 'zod';
import { plainAnswer, unanswered } from '../answers.ts';
import { boundedFetch, type HttpAnswer } from '../bounded-fetch.ts';
import { pinnedTo } from '../pinned-lookup.ts';
import type { Adapter, Receipt } from './adapter.ts';
import { ecgReportObjects } from './ecg-report-object.ts';
import { encapsulatedPdfs } from './encapsulated-pdf.ts';

/**
 * STOW-RS of the report as Encapsulated PDF, one object in each study that it covers, and of an electrocardiogram's also as
 * a structured report.
 */
export const stowDicom: Adapter = async (document, destination, delivery, signal) => {
  const config = DicomWebConfig.parse(destination.config);
  const objects = [
    ...encapsulatedPdfs(delivery.content, document.bytes),
    ...ecgReportObjects(delivery.content, delivery.trace ?? null),
  ];
  const files = objects.map((json) => writePart10(json));
  // Known by what is in it, so that the boundary occurs nowhere else.
  const boundary = `lianzhen-${createHash('sha256').update(delivery.id).digest('hex').slice(0, 32)}`;
  const headers: Record<string, string> = {
    'content-type': `multipart/related; type="application/dicom"; boundary=${boundary}`,
    accept: 'application/dicom+json',
  };
  if (config.bearerTokenName) {
    const token = destination.secrets[config.bearerTokenName];
    if (!token) throw unanswered('secret-missing', config.bearerTokenName);
    headers.authorization = `Bearer ${token}`;
  }
  const url = new URL(`${config.baseUrl.replace(/\/$/, '')}/studies`);
  const request = { method: 'POST', headers, body: multipart(files, boundary), ...pinnedTo(destination.addresses) };
  return readAnswer(await boundedFetch(url, request, config.timeoutMs, signal));
};

function multipart(files: readonly Buffer[], boundary: string): Uint8Array<ArrayBuffer> {
  const parts = files.flatMap((file) => [
    Buffer.from(`--${boundary}\r\nContent-Type: application/dicom\r\n\r\n`),
    file,
    Buffer.from('\r\n'),
  ]);
  return new Uint8Array(Buffer.concat([...parts, Buffer.from(`--${boundary}--\r\n`)]));
}

const StoreAnswer = z.record(z.string(), z.object({ vr: z.string(), Value: z.array(z.unknown()).optional() }));

/** PS3.18 10.5.3: 200 and 202 keep what is not in the Failed SOP Sequence; a 409 kept nothing and says why. */
function readAnswer({ status, body }: HttpAnswer): Receipt {
  const said = StoreAnswer.safeParse(parse(body));
  const failed = said.success ? sequence(said.data, tags.FailedSOPSequence) : [];
  const reasonOf = (item: DicomJson) => number(item, tags.FailureReason) ?? 0;
  const words = failed.map((item) => reasonOf(item).toString(16).padStart(4, '0').toUpperCase());
  const answer = plainAnswer(`HTTP ${status} ${words.join(' ')}`);
  const isKept = status === 200 || status === 202;
  // 0122, SOP class not supported: a receiver that takes no structured reports has the PDF all the same.
  const isSpared = (item: DicomJson) =>
    isKept && reasonOf(item) === 0x0122 && text(item, tags.ReferencedSOPClassUID) === sopClass.comprehensiveSr;
  // 0111: it is there already, from an attempt whose answer was lost.
  const real = failed.filter((item) => !isSpared(item) && reasonOf(item) !== 0x0111).map(reasonOf);
  const isStored = isKept || (status === 409 && failed.length > 0);
  if (isStored && real.length === 0) return { outcome: 'accepted', answer };
  // A7xx: out of resources, 0110: processing failure. Another time may do.
  const isPassing = real.some((reason) => reason >> 8 === 0xa7 || reason === 0x0110);
  if (real.length > 0 && !isPassing) return { outcome: 'rejected', answer };
  if ([400, 415].includes(status)) return { outcome: 'rejected', answer };
  throw unanswered('unexpected-status', answer);
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
