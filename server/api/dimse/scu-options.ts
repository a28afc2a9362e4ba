import type { ConnectionOptions } from 'node:tls';
import { IMPLEMENTATION_CLASS_UID, IMPLEMENTATION_VERSION_NAME } from '@lianzhen/dicom/file-meta.ts';
import type { DicomJson } from '@lianzhen/dicom/model.ts';
import type { Implementation } from './handlers.ts';
import type { DimseLimits } from './limits.ts';
import type { WantedContext } from './scu-request.ts';
import type { DimseStatus } from './status.ts';

/** An N-EVENT-REPORT the peer sent us. */
export interface EventReport {
  sopClassUid: string;
  sopInstanceUid: string;
  eventTypeId: number;
  dataset: DicomJson;
}

export interface ScuOptions {
  host: string;
  port: number;
  callingAeTitle: string;
  calledAeTitle: string;
  contexts: WantedContext[];
  /** For connecting, for the answer to the request, for each response and for every pause while sending. */
  timeoutMs: number;
  limits?: Partial<DimseLimits>;
  implementation?: Implementation;
  tls?: ConnectionOptions;
  /** Answers the peer's N-EVENT-REPORT; without it they are answered as not provided. */
  onEventReport?(event: EventReport): Promise<DimseStatus>;
}

/** Who we say we are when the caller does not care. */
export const plainImplementation: Implementation = {
  classUid: IMPLEMENTATION_CLASS_UID,
  versionName: IMPLEMENTATION_VERSION_NAME,
};
