import {
  deflatedExplicitLittleEndian,
  explicitBigEndian,
  explicitLittleEndian,
  implicitLittleEndian,
  sopClass,
  storageSopClasses,
  transferSyntaxes,
} from '@lianzhen/dicom/sop-classes.ts';
import type { ContextAnswer } from '../dimse/handlers.ts';

const messageClasses = new Set<string>([
  sopClass.modalityWorklistFind,
  sopClass.studyRootFind,
  sopClass.storageCommitmentPush,
]);
/** Taken only where nothing else is offered: every reader has to turn them around. */
const awkward = [implicitLittleEndian, deflatedExplicitLittleEndian, explicitBigEndian];

/**
 * What may be said on an association. Images come in as the machine has them: the first of its syntaxes that the hub
 * stores, so that nothing is decompressed on the way over a thin line.
 */
export function chooseContext(abstractSyntax: string, offered: readonly string[]): ContextAnswer {
  if (storageSopClasses.has(abstractSyntax)) {
    const stored = offered.filter((uid) => transferSyntaxes.has(uid));
    const chosen = stored.find((uid) => !awkward.includes(uid)) ?? awkward.find((uid) => stored.includes(uid));
    return chosen ?? { refused: 'transfer-syntaxes' };
  }
  if (!messageClasses.has(abstractSyntax)) return undefined;
  const plain = [explicitLittleEndian, implicitLittleEndian].find((uid) => offered.includes(uid));
  return plain ?? { refused: 'transfer-syntaxes' };
}
