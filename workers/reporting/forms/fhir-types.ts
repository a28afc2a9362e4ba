/** The part of FHIR R4 (4.0.1) that the hub writes. */
export interface Coding {
  system: string;
  code: string;
  display?: string;
}
export interface CodeableConcept {
  coding?: Coding[];
  text?: string;
}
export interface Identifier {
  type?: CodeableConcept;
  system: string;
  value: string;
}
export interface Reference {
  reference?: string;
  display?: string;
}
export interface Narrative {
  status: 'generated';
  div: string;
}
export interface Extension {
  url: string;
  valueInteger?: number;
  valueBoolean?: boolean;
  valueDateTime?: string;
  valueString?: string;
}
export interface Attachment {
  contentType: string;
  language?: string;
  data: string;
  size: number;
  hash: string;
  title: string;
  creation: string;
}
export interface Organization {
  resourceType: 'Organization';
  identifier: Identifier[];
  name: string;
}
export interface Practitioner {
  resourceType: 'Practitioner';
  identifier: Identifier[];
  name: { text: string }[];
}
export interface Patient {
  resourceType: 'Patient';
  identifier: Identifier[];
  name: { use: 'official'; text: string; extension?: Extension[] }[];
  gender: 'male' | 'female' | 'unknown' | 'other';
  birthDate?: string;
}
export interface ServiceRequest {
  resourceType: 'ServiceRequest';
  identifier: Identifier[];
  requisition: Identifier;
  status: 'active' | 'completed';
  intent: 'order';
  priority: 'routine' | 'urgent' | 'stat';
  code: CodeableConcept;
  bodySite?: CodeableConcept[];
  subject: Reference;
  authoredOn: string;
  requester: Reference;
  performer: Reference[];
  reasonCode?: CodeableConcept[];
  note?: { text: string }[];
}
export interface ImagingStudy {
  resourceType: 'ImagingStudy';
  identifier: Identifier[];
  status: 'available';
  modality?: Coding[];
  subject: Reference;
  started?: string;
  basedOn: Reference[];
  numberOfSeries: number;
  numberOfInstances: number;
}
/** Objects of a study, inside the report that names them. */
export interface ContainedStudy {
  resourceType: 'ImagingStudy';
  id: string;
  identifier: Identifier[];
  status: 'available';
  subject: Reference;
  series: {
    uid: string;
    modality: Coding;
    description?: string | undefined;
    numberOfInstances: number;
    instance: { uid: string; sopClass: Coding; title?: string | undefined }[];
  }[];
}
export interface Observation {
  resourceType: 'Observation';
  id: string;
  status: 'preliminary' | 'final' | 'corrected';
  code: CodeableConcept;
  effectiveDateTime?: string | undefined;
  valueString?: string;
  valueQuantity?: { value: number; unit: string; system: string; code: string };
  method?: CodeableConcept | undefined;
}
export interface DiagnosticReport {
  resourceType: 'DiagnosticReport';
  language: string;
  text: Narrative;
  contained: (Observation | ContainedStudy)[];
  extension: Extension[];
  identifier: Identifier[];
  basedOn: Reference[];
  status: 'preliminary' | 'final' | 'corrected';
  category: CodeableConcept[];
  code: CodeableConcept;
  subject: Reference;
  effectiveDateTime: string;
  issued: string;
  performer: Reference[];
  resultsInterpreter: Reference[];
  result: Reference[];
  imagingStudy?: Reference[];
  conclusion?: string;
  conclusionCode?: CodeableConcept[] | undefined;
  presentedForm: Attachment[];
}
export type Resource =
  | Organization
  | Practitioner
  | Patient
  | ServiceRequest
  | ImagingStudy
  | Observation
  | DiagnosticReport;
export interface BundleEntry<T extends Resource = Resource> {
  fullUrl: string;
  resource: T;
  request: { method: 'POST'; url: string; ifNoneExist: string } | { method: 'PUT'; url: string };
}
export interface TransactionBundle {
  resourceType: 'Bundle';
  identifier: Identifier;
  type: 'transaction';
  timestamp: string;
  entry: BundleEntry[];
}
