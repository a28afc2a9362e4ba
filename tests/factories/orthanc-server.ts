import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../docker/local/ports.mjs';

const program = '/usr/sbin/Orthanc';
const pluginsIn = '/usr/share/orthanc/plugins';
const dicomWeb = join(pluginsIn, 'libOrthancDicomWeb.so');
const postgresIndex = join(pluginsIn, 'libOrthancPostgreSQLIndex.so');

/** What is missing to run one, or undefined. */
export const missingOrthanc = [program, dicomWeb].every((file) => existsSync(file))
  ? undefined
  : 'orthanc and orthanc-dicomweb are not installed';
export const missingOrthancPostgres = existsSync(postgresIndex) ? undefined : 'orthanc-postgresql is not installed';

export interface OrthancServer {
  /** Of its REST interface; DICOMweb lies under /dicom-web. */
  url: string;
  dicomPort: number;
  aeTitle: string;
  pid: number;
  stop(): Promise<void>;
}

/**
 * A PACS on 127.0.0.1 with an empty store in a temporary folder. Its defaults are kept, syncing its storage among them.
 * @param settings of its own configuration file, beside or instead of those given here
 * @param postgresUrl keeps its index there; the files stay in the folder
 */
export async function startOrthancServer(settings: object = {}, postgresUrl?: string): Promise<OrthancServer> {
  const folder = await mkdtemp(join(tmpdir(), 'orthanc-'));
  const [httpPort, dicomPort, aeTitle] = [await freePort(), await freePort(), 'PACS'];
  const postgres = { EnableIndex: true, EnableStorage: false, ConnectionUri: postgresUrl };
  const configuration = {
    Name: 'PACS',
    StorageDirectory: join(folder, 'store'),
    HttpPort: httpPort,
    DicomPort: dicomPort,
    DicomAet: aeTitle,
    DicomAlwaysAllowStore: true,
    AuthenticationEnabled: false,
    RemoteAccessAllowed: false,
    Plugins: [dicomWeb, ...(postgresUrl ? [postgresIndex] : [])],
    DicomWeb: { Enable: true, Root: '/dicom-web/' },
    ...(postgresUrl ? { PostgreSQL: postgres } : {}),
    ...settings,
  };
  const file = join(folder, 'orthanc.json');
  await writeFile(file, JSON.stringify(configuration));
  // Without TCP_NODELAY DCMTK waits for delayed acknowledgements, as a receiver as well.
  const child = spawn(program, [file], { stdio: 'ignore', env: { ...process.env, TCP_NODELAY: '1' } });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const stop = async () => {
    child.kill();
    await ended;
    await rm(folder, { recursive: true, force: true });
  };
  const url = `http://127.0.0.1:${httpPort}`;
  for (let tries = 0; tries < 300 && child.exitCode === null; tries++) {
    const isUp = await fetch(`${url}/system`).then(
      (response) => response.ok,
      () => false,
    );
    if (isUp && child.pid) return { url, dicomPort, aeTitle, pid: child.pid, stop };
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  await stop();
  throw new Error('Orthanc did not start');
}
