import { invalid, items, itemType, text } from './associate-items.ts';
import type { RoleSelection, UserInformation } from './pdu.ts';

/**
 * Decodes the user-information item (PS3.7 annex D). A missing maximum length means no limit; user identity and
 * extended negotiation are skipped, which the standard defines as not supporting them.
 */
export function decodeUserInformation(bytes: Buffer): UserInformation {
  const user: UserInformation = { maxPduBytes: 0, implementationClassUid: '', roles: [] };
  for (const { type, value } of items(bytes)) {
    if (type === itemType.maxLength) user.maxPduBytes = sized(value, 4, 'maximum length').readUInt32BE(0);
    else if (type === itemType.implementationClassUid) user.implementationClassUid = text(value);
    else if (type === itemType.implementationVersion) user.implementationVersion = text(value);
    else if (type === itemType.roleSelection) user.roles.push(roleSelection(value));
    else if (type === itemType.operationsWindow) {
      const window = sized(value, 4, 'asynchronous operations window');
      user.operationsWindow = { invoked: window.readUInt16BE(0), performed: window.readUInt16BE(2) };
    }
  }
  return user;
}

function roleSelection(value: Buffer): RoleSelection {
  const length = value.length < 2 ? 0 : value.readUInt16BE(0);
  const roles = sized(value, length + 4, 'role selection');
  return {
    sopClassUid: text(roles.subarray(2, 2 + length)),
    scu: roles.readUInt8(2 + length) === 1,
    scp: roles.readUInt8(3 + length) === 1,
  };
}

function sized(value: Buffer, length: number, what: string): Buffer {
  if (value.length !== length) throw invalid(`${what} is ${value.length} bytes, expected ${length}`);
  return value;
}
