import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** As much of S3 as the blob store asks for: put with a checksum, get with a range, head, delete, in one bucket. */
export async function startS3() {
  const objects = new Map<string, Buffer>();
  const requests: string[] = [];
  /** What the next puts answer instead of storing anything. */
  const failures: string[] = [];
  const server = createServer((req, res) => void serve(req, res).catch(() => res.destroy()));

  async function serve(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const key = decodeURIComponent(new URL(req.url ?? '/', 'http://s3').pathname).replace(/^\/bucket\//, '');
    requests.push(`${req.method} ${key}`);
    const body = Buffer.concat((await req.toArray()) as Buffer[]);
    if (!req.headers.authorization?.startsWith('AWS4-HMAC-SHA256')) {
      refuse(res, 403, 'AccessDenied');
      return;
    }
    const object = objects.get(key);
    if (req.method === 'PUT') put(res, key, body, String(req.headers['x-amz-checksum-sha256']));
    else if (req.method === 'DELETE') {
      objects.delete(key);
      res.writeHead(204).end();
    } else if (!object) refuse(res, 404, 'NoSuchKey');
    else if (req.method === 'HEAD') res.writeHead(200, { 'content-length': object.length }).end();
    else get(res, object, req.headers.range);
  }

  function put(res: ServerResponse, key: string, body: Buffer, checksum: string): void {
    const failure = failures.shift();
    if (failure) refuse(res, 400, failure);
    else if (createHash('sha256').update(body).digest('base64') !== checksum) refuse(res, 400, 'BadDigest');
    else {
      objects.set(key, body);
      res.writeHead(200, { etag: '"1"' }).end();
    }
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    objects,
    requests,
    failures,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function get(res: ServerResponse, object: Buffer, range: string | undefined): void {
  const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(range ?? '') ?? [];
  const part = object.subarray(Number(from ?? 0), to ? Number(to) + 1 : undefined);
  if (from !== undefined && part.length === 0) refuse(res, 416, 'InvalidRange');
  else res.writeHead(from === undefined ? 200 : 206, { 'content-length': part.length }).end(part);
}

function refuse(res: ServerResponse, status: number, code: string): void {
  res.writeHead(status, { 'content-type': 'application/xml' });
  res.end(`<?xml version="1.0"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`);
}
