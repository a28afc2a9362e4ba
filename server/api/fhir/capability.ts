/** Kept in step with search-params.ts. */
const ofPatient = 'a system of this server is matched; of any other, the value alone';

/** Kept in step with order-from-fhir.ts. */
const serviceRequest = {
  type: 'ServiceRequest',
  interaction: [{ code: 'create' }, { code: 'read' }, { code: 'update' }, { code: 'search-type' }],
  versioning: 'versioned-update',
  conditionalCreate: true,
  updateCreate: false,
  documentation: [
    'One exam of an order. `identifier` typed PLAC is the number of the facility: the same again answers with the same',
    'resource (200), another content under it is refused (409), also under If-None-Exist. `code`: an exam of the hub’s',
    'catalogue. `bodySite`: left, right or both where the exam has sides. `subject`: a Patient that is contained or',
    'came in the Bundle, Patient/{id}, or an identifier. `reasonCode`: the diagnosis with its ICD-10 code, and the',
    'purpose as text. `note`: the history. `performer`: the facility of the centre, by its code. `supportingInfo`: a',
    'Consent (status, dateTime, performer: the patient or a RelatedPerson, extension urn:lianzhen:fhir:consent-method).',
    'An update can only revoke, with the extension request-statusReason, while nobody reads.',
  ].join(' '),
  searchParam: [
    { name: '_id', type: 'token' },
    {
      name: 'identifier',
      type: 'token',
      documentation: 'the facility’s number, the accession number, the hub’s number',
    },
    { name: 'patient', type: 'reference' },
    { name: 'subject', type: 'reference' },
    { name: 'patient.identifier', type: 'token', documentation: ofPatient },
    { name: 'status', type: 'token', documentation: 'active, on-hold, revoked, completed; several with commas' },
  ],
};

/** What this server can do, and no more: http://hl7.org/fhir/R4/capabilitystatement.html */
export const capabilityStatement = (baseUrl: string, today: string) => ({
  resourceType: 'CapabilityStatement',
  status: 'active',
  date: today,
  kind: 'instance',
  software: { name: 'Lianzhen' },
  implementation: { description: 'Lianzhen remote-diagnosis hub', url: baseUrl },
  fhirVersion: '4.0.1',
  format: ['application/fhir+json'],
  rest: [
    {
      mode: 'server',
      security: {
        description:
          'A bearer token of the facility: with the scope orders:send for requests, results:read for reports',
      },
      interaction: [{ code: 'transaction' }, { code: 'batch' }],
      resource: [
        serviceRequest,
        {
          type: 'DiagnosticReport',
          interaction: [{ code: 'read' }, { code: 'search-type' }],
          versioning: 'no-version',
          searchInclude: ['DiagnosticReport:*'],
          searchParam: [
            { name: '_id', type: 'token' },
            {
              name: '_lastUpdated',
              type: 'date',
              documentation:
                'prefixes ge and lt; the moment the version was signed; a date without an offset is in the clock of the facility',
            },
            { name: 'based-on', type: 'reference', documentation: 'the ServiceRequest that was sent' },
            {
              name: 'identifier',
              type: 'token',
              documentation: 'of the order: the facility’s number, an accession number, the hub’s number',
            },
            { name: 'patient', type: 'reference' },
            { name: 'patient.identifier', type: 'token', documentation: ofPatient },
            { name: 'status', type: 'token' },
          ],
        },
      ],
    },
  ],
});
