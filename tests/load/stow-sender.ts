/**
 * Sends the files of a folder over STOW-RS, in uploads of some files one after the other, over one connection:
 * `node stow-sender.ts <folder> <url of /studies> <files per upload> [authorization]`. Fails unless all were stored.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { Agent, type IncomingMessage, request } from 'node:http';
import { join } from 'node:path';

const [folder = '', url = '', perUpload = '', authorization] = process.argv.slice(2);
const boundary = 'lianzhen-bench-5d1f';
const head = Buffer.from(`--${boundary}\r\nContent-Type: application/dicom\r\n\r\n`);
const tail = Buffer.from(`--${boundary}--\r\n`);
const agent = new Agent({ keepAlive: true, maxSockets: 1 });

const files = readdirSync(folder).map((name) => join(folder, name));
for (let sent = 0; sent < files.length; sent += Number(perUpload)) {
  await upload(files.slice(sent, sent + Number(perUpload)));
}
agent.destroy();

async function upload(paths: string[]): Promise<void> {
  const length = paths.reduce((sum, path) => sum + head.length + statSync(path).size + 2, tail.length);
  const call = request(url, {
    agent,
    method: 'POST',
    headers: {
      'content-type': `multipart/related; type="application/dicom"; boundary=${boundary}`,
      'content-length': length,
      accept: 'application/dicom+json',
      ...(authorization ? { authorization } : {}),
    },
  });
  call.setNoDelay(true);
  const answered = new Promise<IncomingMessage>((resolve, reject) =>
    call.once('response', resolve).once('error', reject),
  );
  for (const path of paths) {
    call.write(head);
    call.write(readFileSync(path));
    if (!call.write('\r\n')) await new Promise((resolve) => call.once('drain', resolve));
  }
  call.end(tail);
  const answer = await answered;
  const pieces: Buffer[] = [];
  for await (const piece of answer) pieces.push(piece as Buffer);
  const text = Buffer.concat(pieces).toString();
  const said = answer.statusCode === 200 ? (JSON.parse(text) as Record<string, { Value?: unknown[] }>) : {};
  const stored = said['00081199']?.Value?.length;
  if (stored !== paths.length)
    throw new Error(`HTTP ${answer.statusCode}, ${stored} of ${paths.length} stored: ${text}`);
}
