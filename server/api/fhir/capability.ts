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
      security: { description: 'A bearer token of the facility, with the scope results:read' },
      resource: [
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
              documentation: 'prefixes ge and lt; the moment the version was signed',
            },
            { name: 'identifier', type: 'token', documentation: 'the number or an accession number of the order' },
            { name: 'patient', type: 'reference' },
            { name: 'patient.identifier', type: 'token' },
            { name: 'status', type: 'token' },
          ],
        },
      ],
    },
  ],
});
