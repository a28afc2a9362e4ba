/** The signed document of a report version, as the hub made it once. */
export const reportPdf = (versionId: string): string => `/api/report-versions/${versionId}/document.pdf`;
