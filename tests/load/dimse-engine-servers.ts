import { type FileHandle, open, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import dimse from 'dcmjs-dimse';
import { defaultLimits } from '../../server/api/dimse/limits.ts';
import { createDimseServer } from '../../server/api/dimse/server.ts';
import { success } from '../../server/api/dimse/status.ts';

/**
 * The engines under comparison, each in a process of its own: `node dimse-engine-servers.ts <engine> <folder>`. All keep
 * an instance in a file of its own and answer when that file has been synced. The parent is told the port, and is told
 * the CPU time and the peak of memory whenever it asks.
 */
const implicitSyntaxes = ['1.2.840.10008.1.2.1', '1.2.840.10008.1.2'];
const pduBytes = defaultLimits.pduBytes;

const { Scp, Server, constants, log, responses } = dimse;
type Provider = InstanceType<typeof Scp>;

const fileIn = (folder: string, sopInstanceUid: string) => join(folder, `${sopInstanceUid}.bin`);

async function own(folder: string): Promise<number> {
  const quiet = { info() {}, warn() {}, error: console.error };
  const server = createDimseServer(
    {
      port: 0,
      host: '127.0.0.1',
      aeTitle: 'BENCH',
      limits: { ...defaultLimits, pduBytes },
      implementation: { classUid: '1.2.3', versionName: 'BENCH' },
      log: quiet,
    },
    {
      accept: async () => ({ ok: true, peer: undefined }),
      acceptsContext: (_peer, _syntax, offered) => offered.find((syntax) => implicitSyntaxes.includes(syntax)),
      async store(_peer, { sopInstanceUid, body }) {
        const file = await open(fileIn(folder, sopInstanceUid), 'w');
        for await (const piece of body) await file.write(piece);
        await file.datasync();
        await file.close();
        return success;
      },
      async *find() {
        yield* [];
      },
    },
  );
  return (await server.listen()).port;
}

/** The same calls as `own` makes, as the stream that dcmjs-dimse wants; fs.createWriteStream costs more. */
function syncedFile(path: string): Writable {
  let file: FileHandle | undefined;
  const then = (work: Promise<unknown> | undefined, done: (error?: Error | null) => void) =>
    work?.then(() => done(), done);
  return new Writable({
    construct(done) {
      const opening = open(path, 'w').then((opened) => {
        file = opened;
      });
      then(opening, done);
    },
    write: (piece, _encoding, done) => void then(file?.write(piece), done),
    final: (done) =>
      void then(
        file?.datasync().then(() => file?.close()),
        done,
      ),
  });
}

class DatasetScp extends Scp {
  static folder = '';
  override associationRequested(...[association]: Parameters<Provider['associationRequested']>) {
    association.setMaxPduLength(pduBytes);
    for (const { id } of association.getPresentationContexts()) {
      const context = association.getPresentationContext(id);
      const syntax = context.getTransferSyntaxUids().find((offered) => implicitSyntaxes.includes(offered));
      if (syntax) context.setResult(constants.PresentationContextResult.Accept, syntax);
      else context.setResult(constants.PresentationContextResult.RejectTransferSyntaxesNotSupported);
    }
    this.sendAssociationAccept();
  }
  override cStoreRequest(...[request, callback]: Parameters<Provider['cStoreRequest']>) {
    const dataset = request.getDataset();
    if (!dataset) throw new Error('no data set');
    const path = fileIn(DatasetScp.folder, request.getAffectedSopInstanceUid());
    void writeFile(path, dataset.getDenaturalizedDataset(), { flush: true }).then(() => {
      const response = responses.CStoreResponse.fromRequest(request);
      response.setStatus(constants.Status.Success);
      callback(response);
    });
  }
  override associationReleaseRequested() {
    this.sendAssociationReleaseResponse();
  }
}

class StreamScp extends DatasetScp {
  override createStoreWritableStream(...[, request]: Parameters<Provider['createStoreWritableStream']>): Writable {
    return syncedFile(fileIn(DatasetScp.folder, request.getAffectedSopInstanceUid()));
  }
  override createDatasetFromStoreWritableStream(
    ...[writable, , callback]: Parameters<Provider['createDatasetFromStoreWritableStream']>
  ) {
    void finished(writable).then(() => callback(new dimse.Dataset({})));
  }
  override cStoreRequest(...[request, callback]: Parameters<Provider['cStoreRequest']>) {
    const response = responses.CStoreResponse.fromRequest(request);
    response.setStatus(constants.Status.Success);
    callback(response);
  }
}

async function theirs(scp: typeof DatasetScp, folder: string): Promise<number> {
  log.setLevel('error');
  DatasetScp.folder = folder;
  const port = await freePort();
  const server = new Server(scp);
  server.on('networkError', (error) => console.error(error));
  server.listen(port);
  return port;
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

const [engine, folder = ''] = process.argv.slice(2);
const port = await (engine === 'own' ? own(folder) : theirs(engine === 'stream' ? StreamScp : DatasetScp, folder));
// Sampled, because the system's own peak of a process that was forked begins with the size of its parent.
let peakBytes = 0;
const sample = () => {
  peakBytes = Math.max(peakBytes, process.memoryUsage.rss());
};
setInterval(sample, 20);
process.on('message', () => {
  sample();
  const { user, system } = process.cpuUsage();
  process.send?.({ cpuSeconds: (user + system) / 1e6, peakMegabytes: peakBytes / 1024 ** 2 });
});
process.on('disconnect', () => process.exit());
process.send?.({ port });
