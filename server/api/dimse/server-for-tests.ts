import { connect } from 'node:net';
import type { TlsOptions } from 'node:tls';
import { encodeAssociateRequest } from './associate-encode.ts';
import { type Command, encodeCommand } from './command-set.ts';
import { gather } from './dataset-body.ts';
import type { DimseHandlers, RefusedEvent } from './handlers.ts';
import { type DimseLimits, defaultLimits } from './limits.ts';
import { encodeDataHeader } from './pdu-encode.ts';
import { openAssociation } from './scu.ts';
import type { ScuAssociation } from './scu-association.ts';
import type { ScuOptions } from './scu-options.ts';
import { buildRequest } from './scu-request.ts';
import { createDimseServer, type DimseServer } from './server.ts';
import { statusCode, success } from './status.ts';
import { explicitVrLittleEndian, implicitVrLittleEndian, verificationSopClass } from './uids.ts';

export const ctStorage = '1.2.840.10008.5.1.4.1.1.2';
export const studyRootFind = '1.2.840.10008.5.1.4.1.2.2.1';
const plainSyntaxes = [explicitVrLittleEndian, implicitVrLittleEndian];

export interface Running {
  server: DimseServer;
  port: number;
  /** Whole data sets by SOP instance, as the default store handler got them. */
  stored: Map<string, Buffer>;
  refused: RefusedEvent[];
  /** Warnings and errors. */
  logged: { fields: object; message: string }[];
}

/** A server on a free port that stores into memory and accepts every context; limits and handlers can be replaced. */
export async function startServer(
  limits: Partial<DimseLimits> = {},
  handlers: Partial<DimseHandlers<string>> = {},
  tls?: TlsOptions,
): Promise<Running> {
  const stored: Running['stored'] = new Map();
  const refused: Running['refused'] = [];
  const logged: Running['logged'] = [];
  const note = (fields: object, message: string) => void logged.push({ fields, message });
  const server = createDimseServer<string>(
    {
      port: 0,
      host: '127.0.0.1',
      aeTitle: 'PROVIDER',
      limits: { ...defaultLimits, ...limits },
      implementation: { classUid: '1.2.3.4', versionName: 'TEST' },
      log: { info() {}, warn: note, error: note },
      tls,
    },
    {
      accept: async ({ callingAeTitle }) => ({ ok: true, peer: callingAeTitle }),
      acceptsContext: (_peer, _syntax, offered) => offered[0],
      async store(_peer, { sopInstanceUid, body }) {
        stored.set(sopInstanceUid, await gather(body));
        return success;
      },
      async *find() {
        yield* [];
      },
      refused: (event) => void refused.push(event),
      ...handlers,
    },
  );
  return { server, port: (await server.listen()).port, stored, refused, logged };
}

export const contexts = [verificationSopClass, ctStorage, studyRootFind].map((abstractSyntax) => ({
  abstractSyntax,
  transferSyntaxes: plainSyntaxes,
}));

export const associate = (port: number, options: Partial<ScuOptions> = {}): Promise<ScuAssociation> =>
  openAssociation({
    host: '127.0.0.1',
    port,
    callingAeTitle: 'USER',
    calledAeTitle: 'PROVIDER',
    contexts,
    timeoutMs: 20_000,
    ...options,
  });

export const instance = (sopInstanceUid: string, body: Buffer | AsyncIterable<Buffer>) => ({
  sopClassUid: ctStorage,
  sopInstanceUid,
  transferSyntaxUid: explicitVrLittleEndian,
  body,
});

/** The bytes of an association request for `contexts` (ids 1, 3, 5): Verification, CT storage, study root find. */
export const requestBytes = (calledAeTitle = 'PROVIDER'): Buffer =>
  encodeAssociateRequest(
    buildRequest({
      callingAeTitle: 'USER',
      calledAeTitle,
      contexts,
      maxPduBytes: 16_384,
      implementation: { classUid: '1.2.3.5', versionName: 'RAW' },
    }),
  );

export const fragment = (contextId: number, isCommand: boolean, isLast: boolean, bytes: Buffer): Buffer =>
  Buffer.concat([encodeDataHeader(contextId, isCommand, isLast, bytes.length), bytes]);

export const commandPdu = (contextId: number, command: Command): Buffer =>
  fragment(contextId, true, true, encodeCommand(command));

export const storeCommand = (sopInstanceUid: string): Command => ({
  commandField: 0x0001,
  messageId: 1,
  priority: 0,
  affectedSopClassUid: ctStorage,
  affectedSopInstanceUid: sopInstanceUid,
  hasDataset: true,
});

export const echoCommand: Command = {
  commandField: 0x0030,
  messageId: 1,
  affectedSopClassUid: verificationSopClass,
  hasDataset: false,
};

/** Sends `bytes` as they are, half-closes if asked, and resolves with all that came back once the other side has closed. */
export function sendRaw(port: number, bytes: Buffer, thenEnd = false): Promise<Buffer> {
  return new Promise((resolve) => {
    const received: Buffer[] = [];
    const socket = connect({ port, host: '127.0.0.1' }, () => {
      socket.write(bytes);
      if (thenEnd) socket.end();
    });
    socket.on('data', (chunk) => received.push(chunk));
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(Buffer.concat(received)));
  });
}

/** True when a new association on `port` is accepted, answers an echo and lets itself be released. */
export async function isWell(port: number): Promise<boolean> {
  const association = await associate(port);
  const { code } = await association.echo();
  await association.release();
  return code === statusCode.success;
}

/** Resolves when `check` holds; what it waits for always comes, so there is no time limit of its own. */
export async function until(check: () => boolean): Promise<void> {
  while (!check()) await new Promise((resolve) => setTimeout(resolve, 5));
}
