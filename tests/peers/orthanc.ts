import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { listenOn } from '../sims/listen.ts';

const plugin = '/usr/share/orthanc/plugins/libOrthancDicomWeb.so';
export const hasOrthanc = existsSync(plugin) && existsSync('/usr/sbin/Orthanc');

export interface Orthanc {
  /** Of its REST interface. */
  url: string;
  dicomPort: number;
  aeTitle: string;
}

async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listenOn(server, 0);
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** A PACS on 127.0.0.1 with an empty store, gone when the test ends. */
export async function startOrthanc(): Promise<Orthanc> {
  const folder = await mkdtemp(join(tmpdir(), 'orthanc-'));
  const [httpPort, dicomPort] = [await freePort(), await freePort()];
  const settings = {
    Name: 'PACS',
    StorageDirectory: join(folder, 'store'),
    HttpPort: httpPort,
    DicomPort: dicomPort,
    DicomAet: 'PACS',
    DicomAlwaysAllowStore: true,
    AuthenticationEnabled: false,
    RemoteAccessAllowed: false,
    Plugins: [plugin],
    DicomWeb: { Enable: true, Root: '/dicom-web/' },
  };
  const file = join(folder, 'orthanc.json');
  await writeFile(file, JSON.stringify(settings));
  const child = spawn('/usr/sbin/Orthanc', [file], { stdio: 'ignore' });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  onTestFinished(async () => {
    child.kill();
    await ended;
    await rm(folder, { recursive: true, force: true });
  });
  const url = `http://127.0.0.1:${httpPort}`;
  for (let tries = 0; tries < 150; tries++) {
    const isUp = await fetch(`${url}/system`).then(
      (response) => response.ok,
      () => false,
    );
    if (isUp) return { url, dicomPort, aeTitle: 'PACS' };
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error('Orthanc did not start');
}
