/** Every bound of the listener. Sizes are bytes, times milliseconds. */
export interface MllpLimits {
  connections: number;
  connectionsPerAddress: number;
  messageBytes: number;
  /** From the connection to the end of the TLS handshake. */
  handshakeMs: number;
  /** No message at all on an open connection. */
  idleMs: number;
  /** From the first byte of a message to its last, and for the peer to take our answer. */
  messageMs: number;
  /** For the handler to answer one message. */
  handlerMs: number;
}

export const defaultLimits: MllpLimits = {
  connections: 64,
  connectionsPerAddress: 16,
  messageBytes: 4 * 1024 * 1024,
  handshakeMs: 10_000,
  idleMs: 300_000,
  messageMs: 30_000,
  handlerMs: 30_000,
};
