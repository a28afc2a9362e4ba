import { createHash, createHmac, randomBytes } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';

/** As much of TURN (RFC 8656) as it takes to ask for an allocation with long-term credentials (RFC 8489, 9.2). */
const cookie = 0x2112a442;
const allocate = 0x0003;
const attributeOf = {
  username: 0x0006,
  integrity: 0x0008,
  error: 0x0009,
  realm: 0x0014,
  nonce: 0x0015,
  transport: 0x0019,
};

function attribute(type: number, value: Buffer): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt16BE(type, 0);
  head.writeUInt16BE(value.length, 2);
  return Buffer.concat([head, value, Buffer.alloc((4 - (value.length % 4)) % 4)]);
}

function message(attributes: Buffer[], key?: Buffer): Buffer {
  const body = Buffer.concat(attributes);
  const head = Buffer.alloc(20);
  head.writeUInt16BE(allocate, 0);
  head.writeUInt32BE(cookie, 4);
  randomBytes(12).copy(head, 8);
  // The length counts the integrity attribute already while that is being made.
  head.writeUInt16BE(body.length + (key ? 24 : 0), 2);
  const whole = Buffer.concat([head, body]);
  if (!key) return whole;
  return Buffer.concat([whole, attribute(attributeOf.integrity, createHmac('sha1', key).update(whole).digest())]);
}

interface Answer {
  type: number;
  attributes: Map<number, Buffer>;
}
function read(packet: Buffer): Answer {
  const attributes = new Map<number, Buffer>();
  for (let at = 20; at + 4 <= packet.length; ) {
    const length = packet.readUInt16BE(at + 2);
    attributes.set(packet.readUInt16BE(at), packet.subarray(at + 4, at + 4 + length));
    at += 4 + length + ((4 - (length % 4)) % 4);
  }
  return { type: packet.readUInt16BE(0), attributes };
}

const ask = (socket: Socket, port: number, packet: Buffer) =>
  new Promise<Answer>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('the TURN server did not answer')), 5000);
    socket.once('message', (answer) => {
      clearTimeout(timer);
      resolve(read(answer));
    });
    socket.send(packet, port, '127.0.0.1');
  });

/**
 * Asks a TURN server on this machine for a relay, over UDP.
 * @returns `allocated`, or the code with which it was refused
 */
export async function askForRelay(port: number, username: string, credential: string): Promise<'allocated' | number> {
  const socket = createSocket('udp4');
  try {
    const transport = attribute(attributeOf.transport, Buffer.from([17, 0, 0, 0]));
    const challenge = await ask(socket, port, message([transport]));
    const realm = challenge.attributes.get(attributeOf.realm) ?? Buffer.alloc(0);
    const nonce = challenge.attributes.get(attributeOf.nonce) ?? Buffer.alloc(0);
    const key = createHash('md5').update(`${username}:${realm}:${credential}`).digest();
    const named = [
      transport,
      attribute(attributeOf.username, Buffer.from(username)),
      attribute(attributeOf.realm, realm),
      attribute(attributeOf.nonce, nonce),
    ];
    const answer = await ask(socket, port, message(named, key));
    const error = answer.attributes.get(attributeOf.error);
    return error ? (error[2] ?? 0) * 100 + (error[3] ?? 0) : 'allocated';
  } finally {
    socket.close();
  }
}
