/** Everything between a fresh clone and a hub that can run: packages, media worker, database client, web app. */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { ensureMediaWorker } from '../media-worker/locate.mjs';
import { ensureInstalled } from './install.mjs';
import { runTool } from './run-tool.mjs';
import { makeOnce } from './stamp.mjs';

/** @typedef {{ root: string, say: (line: string) => void, env: NodeJS.ProcessEnv }} Context */

/**
 * The environment in which the project's own tools run: its Node 24 first on the PATH.
 * @param {string} root
 * @param {NodeJS.ProcessEnv} env
 */
export function projectEnv(root, env) {
  // Servers such as Orthanc live where only root's PATH looks.
  const folders = [join(root, 'node_modules', '.bin'), env.PATH ?? '', '/usr/local/sbin', '/usr/sbin', '/sbin'];
  return { ...env, PATH: folders.filter(Boolean).join(delimiter) };
}

/** @param {string} root */
export const projectNode = (root) => join(root, 'node_modules', '.bin', 'node');

/**
 * What every use needs: the packages and the generated database client.
 * @param {Context} context
 */
export async function prepareCode({ root, say, env }) {
  await ensureInstalled({ root, say, env });
  await makeOnce({
    root,
    name: 'prisma-client',
    sources: ['prisma/schema.prisma', 'prisma/models', 'node_modules/prisma/package.json'],
    product: 'prisma/generated/client.ts',
    make: () =>
      runTool(projectNode(root), ['prisma/generate.mjs'], {
        cwd: root,
        env: projectEnv(root, env),
        advice: 'The database client could not be generated from prisma/schema.prisma.',
      }),
  });
}

/**
 * What a running hub needs beyond its code: the media worker and the built web app.
 * @param {Context} context
 * @returns {Promise<{ mediaWorker: string }>}
 */
export async function prepareHub({ root, say, env }) {
  const mediaWorker = await ensureMediaWorker({ root, say, env });
  // A clone that holds only the servers has no web app to build.
  if (existsSync(join(root, 'web', 'index.html'))) {
    await makeOnce({
      root,
      name: 'web',
      sources: ['web', 'server/contracts', 'server/ecg', 'server/dicom/jpeg', 'package-lock.json'],
      product: 'web/dist/index.html',
      make: () => {
        say('正在构建网页 · building the web app');
        return runTool(projectNode(root), [join(root, 'node_modules', 'vite', 'bin', 'vite.js'), 'build'], {
          cwd: join(root, 'web'),
          env: { ...projectEnv(root, env), NODE_ENV: 'production' },
          advice: 'The web app could not be built.',
        });
      },
    });
  }
  return { mediaWorker };
}
