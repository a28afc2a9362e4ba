import { encodeAssociateAccept } from './associate-encode.ts';
import type { Connection } from './connection.ts';
import { Exchange } from './exchange.ts';
import { abortReason, abortSource, PeerDisconnected, ProtocolError } from './failures.ts';
import type { DimseHandlers, DimseServerOptions, RefusedEvent } from './handlers.ts';
import { fragmentBytes } from './message-write.ts';
import { negotiate, objection } from './negotiate.ts';
import { Operations } from './operations.ts';
import { type AssociateRequest, type PduEvent, type Rejection, rejection } from './pdu.ts';
import { encodeAbort, encodeReject, encodeReleaseResponse } from './pdu-encode.ts';
import { Watchdog } from './watchdog.ts';

/** What an association needs of the server it lives in. */
export interface AssociationHost<A> {
  options: DimseServerOptions;
  handlers: DimseHandlers<A>;
  /** Counts the association among the open ones, or says which limit is reached. */
  admit(association: Association<A>): string | undefined;
  /** It is not open any more, though its connection may linger. */
  left(association: Association<A>): void;
}

/** What exists from the acceptance on. */
interface Open {
  exchange: Exchange;
  operations: { running: number; answered: number; settle(): Promise<void>; end(): void };
}

/**
 * The provider's side of one connection, from the first byte to the last (PS3.8 §9.2). Its states: 'new' until the
 * request, 'deciding' while the handlers think, 'open', 'over'. Ends by release, rejection, abort, time-out or loss.
 */
export class Association<A> {
  readonly openedAt = new Date();
  readonly #connection: Connection;
  readonly #host: AssociationHost<A>;
  readonly #watchdog: Watchdog;
  #state: 'new' | 'deciding' | 'open' | 'over' = 'new';
  #isDraining = false;
  #request: AssociateRequest | undefined;
  #open: Open | undefined;

  constructor(connection: Connection, host: AssociationHost<A>) {
    this.#connection = connection;
    this.#host = host;
    this.#watchdog = new Watchdog((what) => this.#expired(what));
  }

  get callingAeTitle(): string {
    return this.#request?.callingAeTitle ?? '';
  }
  get remoteAddress(): string {
    return this.#connection.remoteAddress;
  }
  get running(): number {
    return this.#open?.operations.running ?? 0;
  }
  get answered(): number {
    return this.#open?.operations.answered ?? 0;
  }

  /** Lives through the whole connection; resolves when that is closed and never rejects. */
  async serve(): Promise<void> {
    // ARTIM is not refreshed by progress: a peer that dribbles its request is as bad as one that sends nothing.
    this.#watchdog.expect('association request', this.#host.options.limits.artimMs);
    // Not awaited: a handler that hangs may hold it up for ever, and the end of the connection is what counts.
    this.#connection
      .run(
        () => this.#state === 'open' && this.#watchdog.touch(),
        (event) => this.#on(event),
      )
      .catch((error: unknown) => this.#broken(error));
    this.#leave(await this.#connection.closed);
  }

  /** Shutting down: what runs may finish, nothing new begins. */
  drain(): void {
    this.#isDraining = true;
    if (this.running === 0) this.abort('server is shutting down');
  }

  /** Ends the association with A-ABORT. */
  abort(why: string, reason: number = abortReason.notSpecified): void {
    this.#end(encodeAbort(abortSource.provider, reason), why);
  }

  /** Ends the connection without a word. */
  destroy(why: string): void {
    this.#connection.destroy(new PeerDisconnected(why));
  }

  #on(event: PduEvent): Promise<void> | undefined {
    if (event.kind === 'abort') {
      this.destroy('peer aborted the association');
      return;
    }
    if (this.#state === 'new' && event.kind === 'associate-request') return this.#decide(event.request);
    if (this.#open && this.#state === 'open') {
      if (event.kind === 'data') return this.#whileWatched(this.#open.exchange.feed(event));
      if (event.kind === 'release-request') return this.#release(this.#open);
    }
    throw new ProtocolError(abortReason.unexpectedPdu, `${event.kind} does not belong here`);
  }

  async #decide(request: AssociateRequest): Promise<void> {
    const { options, handlers } = this.#host;
    this.#state = 'deciding';
    this.#request = request;
    this.#watchdog.rest();
    const wrong = objection(request, options.aeTitle);
    if (wrong) return this.#reject(wrong, wrong.why);
    const { callingAeTitle, calledAeTitle, contexts: presentationContexts } = request;
    const { remoteAddress } = this;
    const answer = await handlers.accept({ callingAeTitle, calledAeTitle, remoteAddress, presentationContexts });
    // The connection may have been lost or closed by us while the handler was thinking.
    if (this.#connection.isOver) return;
    if (!answer.ok) return this.#reject(answer, 'caller is not accepted');
    const full = this.#isDraining ? 'server is shutting down' : this.#host.admit(this);
    if (full) return this.#reject(rejection.localLimitExceeded, full, 'limit');
    await this.#accept(request, answer.peer);
  }

  async #accept(request: AssociateRequest, peer: A): Promise<void> {
    const { options, handlers } = this.#host;
    const { limits, log, aeTitle, implementation } = options;
    const choose = (syntax: string, offered: string[]) => handlers.acceptsContext(peer, syntax, offered);
    const { accept, contexts, refusedSyntaxes } = negotiate(request, choose, limits, implementation);
    const longest = fragmentBytes(request.user.maxPduBytes, limits.pduBytes);
    const exchange = new Exchange({
      connection: this.#connection,
      contexts,
      fragmentBytes: longest,
      limits,
      onRequest: (message) => operations.take(message),
      onAsking: () => this.#watch(),
    });
    const operations = new Operations<A>({
      call: { peer, exchange, handlers, limits, log },
      callBack: { callingAeTitle: aeTitle, calledAeTitle: request.callingAeTitle, timeoutMs: limits.stalledMs },
      onChange: () => this.#watch(),
      onBroken: (error) => this.#broken(error),
    });
    this.#open = { exchange, operations };
    this.#state = 'open';
    if (refusedSyntaxes.length > 0) this.#tellRefused('contexts', `not offered here: ${refusedSyntaxes.join(' ')}`);
    log.info({ aeTitle: request.callingAeTitle, address: this.remoteAddress }, 'dimse association opened');
    await this.#connection.write([encodeAssociateAccept(accept)]);
    this.#watch();
  }

  #reject(answer: Rejection, why: string, kind: 'association' | 'limit' = 'association'): void {
    this.#tellRefused(kind, why);
    this.#end(encodeReject(answer), why);
  }

  async #release({ exchange, operations }: Open): Promise<void> {
    // Whoever waits for an answer on this association will not get one.
    exchange.fail(new PeerDisconnected('peer released the association'));
    await operations.settle();
    this.#end(encodeReleaseResponse(), 'peer released the association');
  }

  /** Lets the clock run again, or not, by what the peer owes us now. */
  #watch(): void {
    if (!this.#open || this.#state !== 'open') return;
    const { exchange, operations } = this.#open;
    const { stalledMs, idleMs } = this.#host.options.limits;
    if (exchange.isMidMessage) this.#watchdog.expect('rest of a message', stalledMs);
    else if (exchange.isAsking) this.#watchdog.expect('response', stalledMs);
    else if (operations.running > 0) this.#watchdog.rest();
    else if (this.#isDraining) this.abort('server is shutting down');
    else this.#watchdog.expect('request', idleMs);
  }

  #whileWatched(wait: Promise<void> | undefined): Promise<void> | undefined {
    if (!wait) {
      this.#watch();
      return;
    }
    // It is us who are slow now, not the peer.
    this.#watchdog.rest();
    return wait.then(() => this.#watch());
  }

  #expired(what: string): void {
    const why = `no ${what} in time`;
    this.#tellRefused('timeout', why);
    if (this.#state === 'new') this.destroy(why);
    else this.abort(why);
  }

  #broken(error: unknown): void {
    if (error instanceof PeerDisconnected || this.#connection.isOver) return;
    if (error instanceof ProtocolError) {
      this.#tellRefused(error.kind, error.message);
      this.abort(error.message, error.reason);
    } else if (this.#state === 'deciding') {
      this.#host.options.log.error({ err: error }, 'dimse association could not be decided');
      this.#end(encodeReject(rejection.temporaryFailure), 'association could not be decided');
    } else {
      this.#host.options.log.error({ err: error }, 'dimse association broke');
      this.abort('internal failure');
    }
  }

  #end(lastPdu: Buffer, why: string): void {
    const reason = new PeerDisconnected(why);
    this.#connection.end(lastPdu, this.#host.options.limits.artimMs, reason);
    this.#leave(reason);
  }

  #leave(reason: Error): void {
    if (this.#state === 'over') return;
    if (this.#open) {
      const { callingAeTitle: aeTitle, remoteAddress: address, answered: count } = this;
      const fields = { aeTitle, address, count, ms: Date.now() - this.openedAt.getTime(), reason: reason.message };
      this.#host.options.log.info(fields, 'dimse association closed');
    }
    this.#state = 'over';
    this.#watchdog.rest();
    this.#open?.exchange.fail(reason);
    this.#open?.operations.end();
    this.#host.left(this);
  }

  #tellRefused(kind: RefusedEvent['kind'], reason: string): void {
    const { remoteAddress } = this;
    const { callingAeTitle, calledAeTitle } = this.#request ?? {};
    this.#host.handlers.refused?.({ kind, reason, remoteAddress, callingAeTitle, calledAeTitle });
  }
}
