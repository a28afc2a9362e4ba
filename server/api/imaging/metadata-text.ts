/** The UIDs that lead to one instance. */
interface InstancePath {
  studyInstanceUid: string;
  seriesInstanceUid?: string;
  sopInstanceUid?: string;
}

export const pathOf = ({ studyInstanceUid, seriesInstanceUid, sopInstanceUid }: InstancePath): string =>
  `studies/${studyInstanceUid}/series/${seriesInstanceUid}/instances/${sopInstanceUid}`;

/**
 * Makes the bulk URIs of stored attributes whole. Works on the text, which is not parsed for that: within a JSON string
 * a quote is always escaped, so this sequence can be nothing but the key itself.
 */
export const withBulkUris = (attributes: string, base: string, path: InstancePath): string =>
  attributes.replaceAll('"BulkDataURI":"bulk/', `"BulkDataURI":"${base}/${pathOf(path)}/bulk/`);
