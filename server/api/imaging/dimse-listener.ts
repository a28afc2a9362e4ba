import type { DicomJson } from '@lianzhen/dicom/model.ts';
import { sopClass } from '@lianzhen/dicom/sop-classes.ts';
import { instancesReceived } from '@lianzhen/platform/metrics.ts';
import type { Deps } from '../deps.ts';
import { DimseFailure, PeerDisconnected } from '../dimse/failures.ts';
import type { AssociationRequest, DimseHandlers, FindRequest, StoreRequest } from '../dimse/handlers.ts';
import { rejection } from '../dimse/pdu.ts';
import { type DimseStatus, statusCode, success } from '../dimse/status.ts';
import { commitStorage } from './commit-storage.ts';
import * as devices from './device-store.ts';
import { chooseContext } from './dimse-contexts.ts';
import type { DimsePeer } from './dimse-peer.ts';
import type { DimseReceptions } from './dimse-receptions.ts';
import type { DimseRefusals } from './dimse-refusals.ts';
import { findStudies } from './find-studies.ts';
import { findWorklist } from './find-worklist.ts';
import type { IntakeDeps } from './intake-deps.ts';
import { receiveInstance } from './receive-instance.ts';
import { failureOfError, failureOfOutcome, isOurs } from './store-failure.ts';

interface ListenerDeps {
  deps: Deps;
  intake: IntakeDeps;
  receptions: DimseReceptions;
  refusals: DimseRefusals;
}

/** What the hub does with what the machines say. Only known machines are heard, each as its facility. */
export function dimseHandlers({ deps, intake, receptions, refusals }: ListenerDeps): DimseHandlers<DimsePeer> {
  return {
    accept: (request) => accept(deps, request),
    acceptsContext: (_peer, abstractSyntax, offered) => chooseContext(abstractSyntax, offered),
    store: (peer, request) => store(intake, receptions, peer, request),
    find: (peer, request) => find(deps, peer, request),
    commit: (peer, request) => commitStorage(deps, peer, request),
    commitUndelivered: ({ device }, _transactionUid, { committed, failed }, cause) => {
      const count = committed.length + failed.length;
      deps.log.warn({ err: cause, deviceId: device.id, count }, 'a storage commitment result reached nobody');
    },
    refused: (event) => refusals.note(event),
  };
}

async function accept({ db, clock }: Deps, { callingAeTitle, remoteAddress }: AssociationRequest) {
  const device = await devices.deviceByAeTitle(db, callingAeTitle);
  if (!device?.enabled) return { ok: false as const, ...rejection.callingAeNotRecognized };
  await devices.markSeen(db, device.id, clock.now());
  return { ok: true as const, peer: { device, remoteAddress } };
}

async function store(
  intake: IntakeDeps,
  receptions: DimseReceptions,
  peer: DimsePeer,
  { sopClassUid, sopInstanceUid, transferSyntaxUid, body }: StoreRequest,
): Promise<DimseStatus> {
  const { id: deviceId, facilityId } = peer.device;
  const declared = { dataset: { transferSyntaxUid }, sopClassUid, sopInstanceUid };
  try {
    const received = await receiveInstance(intake, { facilityId, deviceId, door: 'c-store' }, body, declared);
    receptions.note(peer, received);
    return failureOfOutcome(received.outcome) ?? success;
  } catch (cause) {
    // Who hung up in the middle was not refused anything; and a body that is too long has its own status.
    if (cause instanceof PeerDisconnected || cause instanceof DimseFailure) throw cause;
    receptions.note(peer, undefined);
    instancesReceived.inc({ door: 'c-store', outcome: 'refused' });
    const failure = failureOfError(cause);
    if (!failure) throw cause;
    if (isOurs(cause)) intake.log.error({ err: cause, deviceId }, 'instance could not be stored');
    return failure;
  }
}

function find(deps: Deps, peer: DimsePeer, request: FindRequest): AsyncIterable<DicomJson> {
  if (request.sopClassUid === sopClass.modalityWorklistFind) return findWorklist(deps, peer, request);
  if (request.sopClassUid === sopClass.studyRootFind) return findStudies(deps, peer, request);
  throw new DimseFailure(statusCode.sopClassNotSupported, 'nothing can be found in this SOP class');
}
