import { join } from 'node:path';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import { beforeAll, expect, test } from 'vitest';
import { root, sources } from './sources.ts';

/** What each package may import of ours, as ARCHITECTURE.md says. */
const law: Record<string, string[]> = {
  'server/contracts': [],
  'server/platform': ['server/contracts'],
  'server/dicom': ['server/contracts'],
  'server/ecg': ['server/contracts', 'server/dicom'],
  prisma: ['server/contracts'],
  'server/api': ['server/contracts', 'server/platform', 'server/dicom', 'server/ecg', 'prisma'],
  workers: ['server/contracts', 'server/platform', 'server/dicom', 'server/ecg', 'prisma'],
  // Only what is safe in a browser: see the tests below.
  web: ['server/contracts', 'server/ecg', 'server/dicom'],
};
const words =
  'identity facilities patients orders imaging ecg pathology laboratory worklist reporting delivery recognition consultation audit'.split(
    ' ',
  );

interface Edge {
  from: string;
  to: string;
  isType: boolean;
}
let edges: Edge[] = [];
let cycles: string[] = [];

beforeAll(async () => {
  const files = sources(/\.(ts|tsx)$/)
    .map((source) => source.path)
    .filter((path) => Object.keys(law).some((folder) => path.startsWith(`${folder}/`)));
  const result = await cruise(files, {
    baseDir: root,
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(generated|dist)/' },
    ruleSet: { forbidden: [{ name: 'no-cycle', severity: 'error', from: {}, to: { circular: true } }] },
    validate: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'default'],
      extensions: ['.ts', '.tsx', '.mjs', '.js'],
    },
  });
  const { modules, summary } = result.output as ICruiseResult;
  edges = modules.flatMap((module) =>
    module.dependencies.map((dependency) => ({
      from: module.source,
      to: dependency.resolved,
      isType: dependency.dependencyTypes.includes('type-only'),
    })),
  );
  cycles = summary.violations
    .filter((violation) => violation.rule.name === 'no-cycle')
    .map((violation) => `${violation.from} -> ${violation.to}`);
}, 120_000);

/** The package a file lies in; a workspace link counts as the folder it points to. */
function packageOf(path: string): string | undefined {
  const real = path
    .replace(/^node_modules\/@lianzhen\/(contracts|platform|dicom|ecg|api)/, 'server/$1')
    .replace(/^node_modules\/@lianzhen\/db/, 'prisma')
    .replace(/^node_modules\/@lianzhen\/(workers|web)/, '$1');
  return Object.keys(law).find((folder) => real.startsWith(`${folder}/`));
}
const product = () => edges.filter((edge) => !/\.test\.tsx?$/.test(edge.from));
const told = (found: Edge[]) => found.map((edge) => `${edge.from} -> ${edge.to}`);

test('the graph was read', () => {
  expect(edges.length).toBeGreaterThan(500);
});

test('packages import only what the law allows', () => {
  const broken = product().filter((edge) => {
    const from = packageOf(edge.from);
    const to = packageOf(edge.to);
    return from && to && from !== to && !law[from]?.includes(to);
  });
  expect(told(broken)).toEqual([]);
});

test('of the ecg package the web has the signal and the sheet alone, and these need nothing else', () => {
  const broken = product().filter(
    ({ from, to, isType }) =>
      !isType &&
      ((packageOf(from) === 'web' && packageOf(to) === 'server/ecg' && !browserSafe(to)) ||
        (packageOf(from) === 'server/ecg' &&
          browserSafe(from) &&
          !browserSafe(to) &&
          packageOf(to) !== 'server/contracts')),
  );
  expect(told(broken)).toEqual([]);
});
const browserSafe = (path: string) => /(server|@lianzhen)\/ecg\/(signal\/|sheet\/|leads\.ts|trace\.ts)/.test(path);

test('of the dicom package the web has the JPEG decoders alone, and these need nothing else', () => {
  const isJpeg = (path: string) => /(server|@lianzhen)\/dicom\/jpeg\//.test(path);
  const broken = product().filter(
    ({ from, to }) =>
      (packageOf(from) === 'web' && packageOf(to) === 'server/dicom' && !isJpeg(to)) || (isJpeg(from) && !isJpeg(to)),
  );
  expect(told(broken)).toEqual([]);
  expect(product().some(({ from, to }) => packageOf(from) === 'web' && isJpeg(to))).toBe(true);
});

test('contracts import nothing but zod and the contract library', () => {
  const broken = product().filter(
    (edge) =>
      edge.from.startsWith('server/contracts/') &&
      !/^server\/contracts\/|node_modules\/(zod|@orpc\/contract)\//.test(edge.to),
  );
  expect(told(broken)).toEqual([]);
});

test('only stores and the db package name Prisma rows; a word never reaches into another word’s store', () => {
  const broken = product().filter((edge) => {
    const from = /^(?:server\/api|workers)\/([a-z-]+)\//.exec(edge.from)?.[1];
    const to = /^(?:server\/api|workers)\/([a-z-]+)\/(?:.*-)?store\.ts$/.exec(edge.to)?.[1];
    return from && to && from !== to && words.includes(to);
  });
  expect(told(broken)).toEqual([]);
});

test('the media library, the viewer library and the generated client have one importer each', () => {
  const only = (library: RegExp, allowed: RegExp) =>
    told(product().filter((edge) => library.test(edge.to) && !allowed.test(edge.from)));
  expect(only(/node_modules\/mediasoup\//, /^server\/api\/consultation\/media\//)).toEqual([]);
  expect(only(/node_modules\/mediasoup-client\//, /^web\/call\//)).toEqual([]);
  expect(only(/node_modules\/cornerstone-core\//, /^web\/viewer\//)).toEqual([]);
  expect(only(/node_modules\/bullmq\//, /^(server\/platform|workers\/relay)\//)).toEqual([]);
});

test('no web feature imports another', () => {
  const broken = product().filter((edge) => {
    const from = /^web\/features\/([a-z-]+)\//.exec(edge.from)?.[1];
    const to = /^web\/features\/([a-z-]+)\//.exec(edge.to)?.[1];
    return from && to && from !== to;
  });
  expect(told(broken)).toEqual([]);
});

test('no import cycles', () => {
  expect(cycles).toEqual([]);
});

test('the law names every package of the workspace', async () => {
  const { workspaces } = (await import(join(root, 'package.json'), { with: { type: 'json' } })).default as {
    workspaces: string[];
  };
  expect(Object.keys(law).sort()).toEqual(workspaces.filter((folder) => folder !== 'tests').sort());
});
