import { onTestFinished } from 'vitest';
import { missingOrthanc, type OrthancServer, startOrthancServer } from '../factories/orthanc-server.ts';

export const hasOrthanc = missingOrthanc === undefined;

/** A PACS on 127.0.0.1 with an empty store, gone when the test ends. */
export async function startOrthanc(settings: object = {}): Promise<OrthancServer> {
  const server = await startOrthancServer(settings);
  onTestFinished(() => server.stop());
  return server;
}
