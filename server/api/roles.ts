import type { Lifecycle } from '@lianzhen/platform/lifecycle.ts';
import type { Deps } from './deps.ts';

export type Role = 'http' | 'dimse' | 'mllp' | 'sfu';
type Start = (deps: Deps, life: Lifecycle) => Promise<void>;

/** The edges. A process loads the code of its own roles only, which keeps it small and quick to start again. */
export const roles: Record<Role, Start> = {
  http: async (deps, life) => (await import('./start-http.ts')).startHttp(deps, life),
  dimse: async (deps, life) => (await import('./imaging/start-dimse.ts')).startDimse(deps, life),
  mllp: async (deps, life) => (await import('./orders/start-mllp.ts')).startMllp(deps, life),
  sfu: async (deps, life) => {
    const { startSfu } = await import('./consultation/media/start-sfu.ts');
    await startSfu(deps, life);
  },
};
