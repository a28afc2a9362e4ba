/** What a request ended with: a code of PS3.7 annex C or of its service (PS3.4), and a comment of at most 64 ASCII characters. */
export interface DimseStatus {
  code: number;
  comment?: string;
}

export const statusCode = {
  success: 0x0000,
  processingFailure: 0x0110,
  noSuchInstance: 0x0112,
  invalidArgument: 0x0115,
  invalidInstance: 0x0117,
  noSuchSopClass: 0x0118,
  missingAttribute: 0x0120,
  sopClassNotSupported: 0x0122,
  noSuchAction: 0x0123,
  notAuthorized: 0x0124,
  duplicateInvocation: 0x0210,
  unrecognizedOperation: 0x0211,
  resourceLimitation: 0x0213,
  outOfResources: 0xa700,
  dataSetDoesNotMatch: 0xa900,
  cannotUnderstand: 0xc000,
  cancelled: 0xfe00,
  pending: 0xff00,
  pendingWithoutOptionalKeys: 0xff01,
} as const;

export const success: DimseStatus = { code: statusCode.success };

/** Whether more responses to the same request follow (PS3.7 §C.2). */
export const isPending = (code: number | undefined): boolean =>
  code === statusCode.pending || code === statusCode.pendingWithoutOptionalKeys;

/** An Error Comment is LO in the default repertoire: 64 printable ASCII characters, no backslash. */
export const commentText = (text: string): string => text.replace(/[^\x20-\x5b\x5d-\x7e]/g, '?').slice(0, 64);
