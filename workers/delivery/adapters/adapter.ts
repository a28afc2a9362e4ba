import type { LookupAddress } from 'node:dns';
import type { DestinationKind } from '@lianzhen/contracts/delivery.ts';
import type { ReportContent } from '@lianzhen/contracts/reporting.ts';

/** The rendered form that a destination receives. */
export type Form = 'pdf' | 'hl7-oru' | 'fhir-bundle';
export const formFor: Record<DestinationKind, Form> = {
  inbox: 'pdf',
  'hl7-mllp': 'hl7-oru',
  fhir: 'fhir-bundle',
  'dicom-store': 'pdf',
  dicomweb: 'pdf',
};

export interface SentDocument {
  form: Form;
  bytes: Buffer;
}
export interface SentTo {
  id: string;
  kind: DestinationKind;
  /** The row's settings, unchecked; each adapter parses what it needs. */
  config: unknown;
  /** What the host was resolved to and may be connected to: that, and nothing that its name is resolved to later. */
  addresses?: readonly LookupAddress[] | undefined;
  /** Named secrets of the process, looked up by the names in the settings. */
  secrets: Readonly<Record<string, string>>;
}
/** The DICOM object that holds the trace of an electrocardiogram's report. */
export interface TraceObject {
  sopClassUid: string;
  seriesInstanceUid: string;
}
export interface SentDelivery {
  id: string;
  content: ReportContent;
  contentHash: string;
  /** Only of a report on an electrocardiogram, and only where the hub has the object. */
  trace?: TraceObject | null;
}
export interface Receipt {
  /** rejected: the other side understood and said no; nothing but a person's resend tries again. */
  outcome: 'accepted' | 'rejected';
  answer: string;
}
/**
 * Gives one document to one destination and waits for its answer. Sending the same delivery twice must leave one
 * result at the receiver. Whatever does not tell accepted from rejected is thrown.
 */
export type Adapter = (
  document: SentDocument,
  destination: SentTo,
  delivery: SentDelivery,
  signal: AbortSignal,
) => Promise<Receipt>;
