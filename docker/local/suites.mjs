/** The suites of the project: what each runs, and what it needs to be there. */

/**
 * @typedef {{ kind: 'commands', commands: { name: string, args: string[] }[] } | { kind: 'vitest' }} Run
 * @typedef {{ run: Run, needsHub: boolean }} Suite
 */

/** @type {Record<string, Suite>} */
export const suites = {
  format: { run: commands(['biome', 'format', '.']), needsHub: false },
  lint: { run: commands(['biome', 'lint', '--error-on-warnings', '.']), needsHub: false },
  types: { run: commands(['tsc', '-p', '.'], ['tsc', '-p', 'web'], ['tsc', '-p', 'tests']), needsHub: false },
  unit: { run: { kind: 'vitest' }, needsHub: false },
  architecture: { run: { kind: 'vitest' }, needsHub: false },
  flows: { run: { kind: 'vitest' }, needsHub: true },
  e2e: { run: { kind: 'vitest' }, needsHub: true },
  peers: { run: { kind: 'vitest' }, needsHub: true },
  faults: { run: { kind: 'vitest' }, needsHub: true },
  bench: { run: { kind: 'vitest' }, needsHub: true },
};

/** What `npm test` runs: everything but the benches, which measure and do not judge. */
export const standardSuites = Object.keys(suites).filter((name) => name !== 'bench');

/**
 * @param {string[][]} lines
 * @returns {Run}
 */
function commands(...lines) {
  return { kind: 'commands', commands: lines.map(([name = '', ...args]) => ({ name, args })) };
}

/**
 * The suites that a command line asks for: `--only a,b`, else the standard ones.
 * @param {string[]} args
 * @returns {string[]}
 * @throws naming what it does not know
 */
export function chooseSuites(args) {
  const [first, ...rest] = args;
  if (first === undefined) return standardSuites;
  const list = first.startsWith('--only=')
    ? first.slice('--only='.length)
    : first === '--only'
      ? rest.shift()
      : undefined;
  if (!list || rest.length > 0) throw new Error(`usage: npm test -- [--only ${Object.keys(suites).join(',')}]`);
  const chosen = list.split(',').filter(Boolean);
  const unknown = chosen.filter((name) => !(name in suites));
  if (unknown.length > 0)
    throw new Error(`no suite is called ${unknown.join(', ')}; there are ${Object.keys(suites).join(', ')}`);
  // In the order of the table, so that what is quick fails first.
  return Object.keys(suites).filter((name) => chosen.includes(name));
}
