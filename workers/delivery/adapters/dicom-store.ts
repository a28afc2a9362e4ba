import { DicomStoreConfig } from '@lianzhen/contracts/delivery.ts';
import { encodeDataset } from '@lianzhen/dicom/dataset.ts';
import type { DicomJson } from '@lianzhen/dicom/model.ts';
import { implicitLittleEndian, sopClass } from '@lianzhen/dicom/sop-classes.ts';
import { tags } from '@lianzhen/dicom/tags.ts';
import dimse from 'dcmjs-dimse';
import type { z } from 'zod';
import { unanswered } from '../answers.ts';
import type { Adapter, Receipt } from './adapter.ts';
import { ecgReportObjects } from './ecg-report-object.ts';
import { encapsulatedPdfs } from './encapsulated-pdf.ts';

// Its log is the console, and names what it sends.
dimse.log.setLevel('silent');

/**
 * C-STORE of the report as Encapsulated PDF, one object in each study that it covers, and of an electrocardiogram's also
 * as a structured report, over one association.
 */
export const storeDicom: Adapter = async (document, destination, delivery, signal) => {
  const config = DicomStoreConfig.parse(destination.config);
  const objects = [
    ...encapsulatedPdfs(delivery.content, document.bytes),
    ...ecgReportObjects(delivery.content, delivery.trace ?? null),
  ];
  const [resolved] = destination.addresses ?? [];
  const to = { ...config, host: resolved?.address ?? config.host };
  return readStatuses(await storeAll(to, objects, AbortSignal.any([signal, AbortSignal.timeout(config.timeoutMs)])));
};

interface Stored {
  sopClassUid: string;
  status: number;
}
const notSupported = 0x0122;

/**
 * PS3.4 Annex B: 0 and warnings (Bxxx) keep the object; 0111 says that it is there already. A receiver that takes no
 * structured reports has the report all the same, as the document that people read.
 */
function readStatuses(stored: readonly Stored[]): Receipt {
  const words = stored.map(({ status, sopClassUid }) => {
    const word = status.toString(16).padStart(4, '0').toUpperCase();
    return sopClassUid === sopClass.encapsulatedPdf ? word : `SR ${word}`;
  });
  const answer = `C-STORE ${words.join(' ')}`;
  const isKept = ({ status, sopClassUid }: Stored) =>
    status === 0 ||
    status === 0x0111 ||
    status >> 12 === 0xb ||
    (status === notSupported && sopClassUid !== sopClass.encapsulatedPdf);
  if (stored.every(isKept)) return { outcome: 'accepted', answer };
  // Not authorized, SOP class not supported, dataset does not match, cannot understand: the same object fails again.
  const isRefused = ({ status }: Stored) =>
    [notSupported, 0x0124, 0x0117, 0x0118, 0x0119].includes(status) || status >> 8 === 0xa9 || status >> 12 === 0xc;
  if (stored.some((one) => isRefused(one) && !isKept(one))) return { outcome: 'rejected', answer };
  throw unanswered('unexpected-status', answer);
}

function storeAll(
  config: z.infer<typeof DicomStoreConfig>,
  objects: readonly DicomJson[],
  limit: AbortSignal,
): Promise<Stored[]> {
  return new Promise((resolve, reject) => {
    if (limit.aborted) return reject(unanswered('no-answer-in-time'));
    const client = new dimse.Client();
    const datasets = objects.map(datasetOf);
    const stored: Stored[] = [];
    const finish = (settle: () => void) => {
      limit.removeEventListener('abort', late);
      settle();
    };
    const late = () => {
      client.abort();
      finish(() => reject(unanswered('no-answer-in-time', `${config.timeoutMs} ms`)));
    };
    limit.addEventListener('abort', late);
    for (const dataset of datasets) client.addRequest(requestOf(dataset, stored));
    client.on('associationAccepted', (association: dimse.association.Association) => {
      for (const dataset of datasets) {
        const sopClassUid = classOf(dataset);
        // The library passes over what the receiver does not take, and says nothing.
        const isPassedOver = !agree(dataset, association) && sopClassUid !== sopClass.encapsulatedPdf;
        if (isPassedOver) stored.push({ sopClassUid, status: notSupported });
      }
    });
    client.on('associationRejected', (why: { result: number; source: number; reason: number }) =>
      finish(() => reject(unanswered('connection-failed', `A-ASSOCIATE-RJ ${why.result} ${why.source} ${why.reason}`))),
    );
    // The library keeps the code of the socket's error only in words.
    client.on('networkError', (cause: Error) =>
      finish(() => reject(unanswered('connection-failed', cause.message.replace(/^[ ->]+/, ''), cause))),
    );
    client.on('closed', () =>
      finish(() => (stored.length === objects.length ? resolve(stored) : reject(unanswered('connection-closed')))),
    );
    const { host, port, callingAeTitle, calledAeTitle, timeoutMs } = config;
    client.send(host, port, callingAeTitle, calledAeTitle, { connectTimeout: timeoutMs, pduTimeout: timeoutMs });
  });
}

const classOf = (dataset: dimse.Dataset): string => String(dataset.getElement('SOPClassUID'));

function requestOf(dataset: dimse.Dataset, stored: Stored[]): dimse.requests.CStoreRequest {
  const request = new dimse.requests.CStoreRequest(dataset);
  const sopClassUid = classOf(dataset);
  request.on('response', (response: { getStatus(): number }) => {
    stored.push({ sopClassUid, status: response.getStatus() });
  });
  return request;
}

/** The library asks the dataset for its bytes; they are written by our own encoder, which bounds and checks each value. */
function datasetOf(json: DicomJson): dimse.Dataset {
  const uid = (tag: string) => String(json[tag]?.Value?.[0]);
  const elements = { SOPClassUID: uid(tags.SOPClassUID), SOPInstanceUID: uid(tags.SOPInstanceUID) };
  const dataset = new dimse.Dataset(elements, implicitLittleEndian);
  dataset.getDenaturalizedDataset = () => encodeDataset(json, dataset.getTransferSyntaxUid());
  return dataset;
}

/**
 * The receiver chose the transfer syntax: the bytes are written in it, so that the library never transcodes.
 * @returns whether it takes such objects at all
 */
function agree(dataset: dimse.Dataset, association: dimse.association.Association): boolean {
  let isTaken = false;
  for (const { id } of association.getPresentationContexts()) {
    const context = association.getPresentationContext(id);
    const chosen = context.getAcceptedTransferSyntaxUid();
    // A refused context keeps the syntax that was asked for.
    const isAccepted = context.getResult() === dimse.constants.PresentationContextResult.Accept;
    if (!isAccepted || !chosen || context.getAbstractSyntaxUid() !== classOf(dataset)) continue;
    dataset.setTransferSyntaxUid(chosen);
    isTaken = true;
  }
  return isTaken;
}
