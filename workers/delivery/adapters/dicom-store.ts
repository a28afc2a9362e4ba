import { DicomStoreConfig } from '@lianzhen/contracts/delivery.ts';
import { encodeDataset } from '@lianzhen/dicom/dataset.ts';
import type { DicomJson } from '@lianzhen/dicom/model.ts';
import { implicitLittleEndian, sopClass } from '@lianzhen/dicom/sop-classes.ts';
import { tags } from '@lianzhen/dicom/tags.ts';
import dimse from 'dcmjs-dimse';
import type { z } from 'zod';
import { unanswered } from '../answers.ts';
import type { Adapter, Receipt } from './adapter.ts';
import { encapsulatedPdfs } from './encapsulated-pdf.ts';

// Its log is the console, and names what it sends.
dimse.log.setLevel('silent');

/** C-STORE of the report as Encapsulated PDF, one object in each study that it covers, over one association. */
export const storeDicom: Adapter = async (document, destination, delivery, signal) => {
  const config = DicomStoreConfig.parse(destination.config);
  const objects = encapsulatedPdfs(delivery.content, document.bytes);
  const [resolved] = destination.addresses ?? [];
  const to = { ...config, host: resolved?.address ?? config.host };
  const statuses = await storeAll(to, objects, AbortSignal.any([signal, AbortSignal.timeout(config.timeoutMs)]));
  return readStatuses(statuses);
};

/** PS3.4 Annex B: 0 and warnings (Bxxx) keep the object; 0111 says that it is there already. */
function readStatuses(statuses: readonly number[]): Receipt {
  const answer = `C-STORE ${statuses.map((status) => status.toString(16).padStart(4, '0').toUpperCase()).join(' ')}`;
  const isKept = (status: number) => status === 0 || status === 0x0111 || status >> 12 === 0xb;
  if (statuses.every(isKept)) return { outcome: 'accepted', answer };
  // Not authorized, SOP class not supported, dataset does not match, cannot understand: the same object fails again.
  const isRefused = (status: number) =>
    [0x0122, 0x0124, 0x0117, 0x0118, 0x0119].includes(status) || status >> 8 === 0xa9 || status >> 12 === 0xc;
  if (statuses.some(isRefused)) return { outcome: 'rejected', answer };
  throw unanswered('unexpected-status', answer);
}

function storeAll(
  config: z.infer<typeof DicomStoreConfig>,
  objects: readonly DicomJson[],
  limit: AbortSignal,
): Promise<number[]> {
  return new Promise((resolve, reject) => {
    if (limit.aborted) return reject(unanswered('no-answer-in-time'));
    const client = new dimse.Client();
    const datasets = objects.map(datasetOf);
    const statuses: number[] = [];
    const finish = (settle: () => void) => {
      limit.removeEventListener('abort', late);
      settle();
    };
    const late = () => {
      client.abort();
      finish(() => reject(unanswered('no-answer-in-time', `${config.timeoutMs} ms`)));
    };
    limit.addEventListener('abort', late);
    for (const dataset of datasets) client.addRequest(requestOf(dataset, statuses));
    client.on('associationAccepted', (association: dimse.association.Association) => {
      for (const dataset of datasets) agree(dataset, association);
    });
    client.on('associationRejected', (why: { result: number; source: number; reason: number }) =>
      finish(() => reject(unanswered('connection-failed', `A-ASSOCIATE-RJ ${why.result} ${why.source} ${why.reason}`))),
    );
    // The library keeps the code of the socket's error only in words.
    client.on('networkError', (cause: Error) =>
      finish(() => reject(unanswered('connection-failed', cause.message.replace(/^[ ->]+/, ''), cause))),
    );
    client.on('closed', () =>
      finish(() => (statuses.length === objects.length ? resolve(statuses) : reject(unanswered('connection-closed')))),
    );
    const { host, port, callingAeTitle, calledAeTitle, timeoutMs } = config;
    client.send(host, port, callingAeTitle, calledAeTitle, { connectTimeout: timeoutMs, pduTimeout: timeoutMs });
  });
}

function requestOf(dataset: dimse.Dataset, statuses: number[]): dimse.requests.CStoreRequest {
  const request = new dimse.requests.CStoreRequest(dataset);
  request.on('response', (response: { getStatus(): number }) => void statuses.push(response.getStatus()));
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

/** The receiver chose the transfer syntax: the bytes are written in it, so that the library never transcodes. */
function agree(dataset: dimse.Dataset, association: dimse.association.Association): void {
  for (const { id } of association.getPresentationContexts()) {
    const context = association.getPresentationContext(id);
    const chosen = context.getAcceptedTransferSyntaxUid();
    if (chosen && context.getAbstractSyntaxUid() === sopClass.encapsulatedPdf) dataset.setTransferSyntaxUid(chosen);
  }
}
