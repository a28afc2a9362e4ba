export interface Remote {
  address: string;
  port: number;
}
/** Takes the bytes of one message and resolves with the bytes of its answer. What it throws ends the connection. */
export type MessageHandler = (message: Buffer, remote: Remote) => Promise<Uint8Array>;
