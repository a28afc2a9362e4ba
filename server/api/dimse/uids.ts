/** The few UIDs the protocol itself needs (PS3.6 annex A). Everything else is the caller's business. */
export const applicationContextUid = '1.2.840.10008.3.1.1.1';
export const verificationSopClass = '1.2.840.10008.1.1';
export const storageCommitmentSopClass = '1.2.840.10008.1.20.1';
export const storageCommitmentInstance = '1.2.840.10008.1.20.1.1';
export const implicitVrLittleEndian = '1.2.840.10008.1.2';
export const explicitVrLittleEndian = '1.2.840.10008.1.2.1';

/** Digits and dots, at most 64 (PS3.5 §9.1). Leading zeros in a component are let through: devices do write them. */
export const isUid = (text: string | undefined): text is string => text !== undefined && /^[0-9.]{1,64}$/.test(text);
