import { associateFixedBytes, itemType } from './associate-items.ts';
import {
  type AnsweredContext,
  type Associate,
  type AssociateAccept,
  type AssociateRequest,
  type ProposedContext,
  pduType,
  type UserInformation,
} from './pdu.ts';

/** An A-ASSOCIATE-RQ, complete with its PDU header. */
export const encodeAssociateRequest = (request: AssociateRequest): Buffer =>
  associate(pduType.associateRequest, request, request.contexts.map(proposedContext));

/** An A-ASSOCIATE-AC, complete with its PDU header. */
export const encodeAssociateAccept = (accept: AssociateAccept): Buffer =>
  associate(pduType.associateAccept, accept, accept.contexts.map(answeredContext));

function associate(type: number, pdu: Associate<unknown>, contexts: Buffer[]): Buffer {
  const items = [uid(itemType.applicationContext, pdu.applicationContext), ...contexts, userInformation(pdu.user)];
  const length = items.reduce((total, part) => total + part.length, associateFixedBytes);
  const head = Buffer.alloc(6 + associateFixedBytes);
  head[0] = type;
  head.writeUInt32BE(length, 2);
  head.writeUInt16BE(pdu.protocolVersion, 6);
  head.write(pdu.calledAeTitle.padEnd(16).slice(0, 16), 10, 'latin1');
  head.write(pdu.callingAeTitle.padEnd(16).slice(0, 16), 26, 'latin1');
  return Buffer.concat([head, ...items]);
}

const proposedContext = ({ id, abstractSyntax, transferSyntaxes }: ProposedContext): Buffer =>
  item(
    itemType.proposedContext,
    Buffer.from([id, 0, 0, 0]),
    uid(itemType.abstractSyntax, abstractSyntax),
    ...transferSyntaxes.map((syntax) => uid(itemType.transferSyntax, syntax)),
  );

const answeredContext = ({ id, result, transferSyntax }: AnsweredContext): Buffer =>
  item(itemType.answeredContext, Buffer.from([id, 0, result, 0]), uid(itemType.transferSyntax, transferSyntax));

function userInformation(user: UserInformation): Buffer {
  const parts = [
    item(itemType.maxLength, unsigned32(user.maxPduBytes)),
    uid(itemType.implementationClassUid, user.implementationClassUid),
  ];
  if (user.operationsWindow) {
    const { invoked, performed } = user.operationsWindow;
    parts.push(item(itemType.operationsWindow, unsigned16(invoked), unsigned16(performed)));
  }
  for (const role of user.roles) {
    const name = Buffer.from(role.sopClassUid, 'latin1');
    parts.push(item(itemType.roleSelection, unsigned16(name.length), name, Buffer.from([+role.scu, +role.scp])));
  }
  // Sub-items go in the order of their type: some older peers stop reading at the first one out of order.
  if (user.implementationVersion) parts.push(uid(itemType.implementationVersion, user.implementationVersion));
  return item(itemType.userInformation, ...parts);
}

function item(type: number, ...parts: Buffer[]): Buffer {
  const value = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([type, 0]), unsigned16(value.length), value]);
}

const uid = (type: number, text: string): Buffer => item(type, Buffer.from(text, 'latin1'));

function unsigned16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value);
  return bytes;
}

function unsigned32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
