import { type DicomJson, sequence, uid } from '@lianzhen/dicom/model.ts';
import { commandField } from './command-set.ts';
import type { NewCommand } from './exchange.ts';
import { DimseFailure } from './failures.ts';
import type { CommitRequest, CommitResult, InstanceReference } from './handlers.ts';
import { decodeIdentifier, encodeIdentifier } from './identifier.ts';
import type { DimseLimits } from './limits.ts';
import { openAssociation } from './scu.ts';
import type { ScuOptions } from './scu-options.ts';
import { type DimseStatus, statusCode } from './status.ts';
import {
  explicitVrLittleEndian,
  implicitVrLittleEndian,
  storageCommitmentInstance,
  storageCommitmentSopClass,
} from './uids.ts';

const tag = {
  referencedSopClassUid: '00081150',
  referencedSopInstanceUid: '00081155',
  transactionUid: '00081195',
  failureReason: '00081197',
  failedSopSequence: '00081198',
  referencedSopSequence: '00081199',
} as const;

const eventType = { allCommitted: 1, someFailed: 2 } as const;

/** Reads the action information of a commitment request (PS3.4 table J.3-1). Throws DimseFailure naming what is missing. */
export function decodeCommitRequest(bytes: Buffer, transferSyntax: string, limits: DimseLimits): CommitRequest {
  const json = decodeIdentifier(bytes, transferSyntax, limits);
  const transactionUid = uid(json, tag.transactionUid);
  if (!transactionUid) throw new DimseFailure(statusCode.missingAttribute, 'Transaction UID (0008,1195) is missing');
  const references = sequence(json, tag.referencedSopSequence).map((item) => {
    const sopClassUid = uid(item, tag.referencedSopClassUid);
    const sopInstanceUid = uid(item, tag.referencedSopInstanceUid);
    if (sopClassUid && sopInstanceUid) return { sopClassUid, sopInstanceUid };
    throw new DimseFailure(statusCode.invalidArgument, 'a reference in (0008,1199) lacks its UIDs');
  });
  if (references.length > 0) return { transactionUid, references };
  throw new DimseFailure(statusCode.missingAttribute, 'Referenced SOP Sequence (0008,1199) is empty');
}

/** The N-EVENT-REPORT that tells `result` (PS3.4 table J.3-2). */
export function commitmentEvent(
  transactionUid: string,
  result: Pick<CommitResult, 'committed' | 'failed'>,
  transferSyntax: string,
): { command: NewCommand; dataset: Buffer } {
  const json: DicomJson = { [tag.transactionUid]: { vr: 'UI', Value: [transactionUid] } };
  if (result.failed.length > 0) {
    const items = result.failed.map((failed) => ({
      ...reference(failed),
      [tag.failureReason]: { vr: 'US', Value: [failed.reason] },
    }));
    json[tag.failedSopSequence] = { vr: 'SQ', Value: items };
  }
  if (result.committed.length > 0) {
    json[tag.referencedSopSequence] = { vr: 'SQ', Value: result.committed.map(reference) };
  }
  const command: NewCommand = {
    commandField: commandField.eventReport,
    affectedSopClassUid: storageCommitmentSopClass,
    affectedSopInstanceUid: storageCommitmentInstance,
    eventTypeId: result.failed.length > 0 ? eventType.someFailed : eventType.allCommitted,
  };
  return { command, dataset: encodeIdentifier(json, transferSyntax) };
}

const reference = ({ sopClassUid, sopInstanceUid }: InstanceReference): DicomJson => ({
  [tag.referencedSopClassUid]: { vr: 'UI', Value: [sopClassUid] },
  [tag.referencedSopInstanceUid]: { vr: 'UI', Value: [sopInstanceUid] },
});

/**
 * Reports a commitment result on an association of our own, on which we ask for the provider's role (PS3.4 §J.3.3).
 * Returns when the peer has answered success; throws when it cannot be reached, rejects, or answers anything else.
 */
export async function sendCommitmentResult(
  to: Pick<ScuOptions, 'host' | 'port' | 'callingAeTitle' | 'calledAeTitle' | 'timeoutMs' | 'tls'>,
  result: { transactionUid: string } & Pick<CommitResult, 'committed' | 'failed'>,
): Promise<DimseStatus> {
  const association = await openAssociation({
    ...to,
    contexts: [
      {
        abstractSyntax: storageCommitmentSopClass,
        transferSyntaxes: [explicitVrLittleEndian, implicitVrLittleEndian],
        role: { scu: false, scp: true },
      },
    ],
  });
  try {
    const context = association.contextFor(storageCommitmentSopClass);
    const { command, dataset } = commitmentEvent(result.transactionUid, result, context.transferSyntax);
    const status = await association.request(context, command, dataset);
    if (status.code !== statusCode.success) throw notTaken(status);
    await association.release();
    return status;
  } catch (cause) {
    association.abort();
    throw cause;
  }
}

/** The peer has the report and did not accept it. */
export const notTaken = ({ code }: DimseStatus): DimseFailure =>
  new DimseFailure(code, `the commitment report was answered with status 0x${code.toString(16)}`);
