import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PrismaPg } from '@prisma/adapter-pg';
import {
  bindMigrationAwareSqlAdapterFactory,
  ColumnTypeEnum,
  type SqlDriverAdapter,
  type SqlQuery,
  type SqlResultSet,
} from '@prisma/driver-adapter-utils';
import * as engine from '@prisma/schema-engine-wasm/schema_engine_bg';
import type { Pool } from 'pg';

const here = dirname(fileURLToPath(import.meta.url));

/** The folder of migrations, one numbered folder each, as Prisma's own tools lay it out. */
export const migrationsDir = join(here, 'migrations');

/** No table and no enum is managed by anyone else. */
export const everything = { externalTables: [], externalEnums: [] };

/**
 * Prisma's adapter cuts a migration at every semicolon, function bodies and comments included. PostgreSQL takes the
 * script whole, and runs it as one transaction.
 */
class MigrationAdapter extends PrismaPg {
  override async connect(): ReturnType<PrismaPg['connect']> {
    return repaired(await super.connect());
  }

  override async connectToShadowDb(): ReturnType<PrismaPg['connectToShadowDb']> {
    return repaired(await super.connectToShadowDb());
  }
}

/** Columns that the engine reads as PostgreSQL's one-byte "char", a type that the adapter does not know. */
const oneByteColumns = [
  {
    name: 'constraint_type',
    asked: 'constr.contype AS constraint_type',
    asText: 'constr.contype::text AS constraint_type',
  },
  { name: 'confdeltype', asked: 'con.confdeltype,', asText: 'con.confdeltype::text AS confdeltype,' },
  { name: 'confupdtype', asked: 'con.confupdtype,', asText: 'con.confupdtype::text AS confupdtype,' },
];

function repaired<T extends SqlDriverAdapter & { underlyingDriver: () => Pool }>(adapter: T): T {
  const pool = adapter.underlyingDriver();
  const queryRaw = adapter.queryRaw.bind(adapter);
  return Object.assign(adapter, {
    executeScript: async (script: string) => {
      await pool.query(script);
    },
    queryRaw: async (query: SqlQuery): Promise<SqlResultSet> => {
      const columns = oneByteColumns.filter(({ asked }) => query.sql.includes(asked));
      const sql = columns.reduce((text, { asked, asText }) => text.replace(asked, asText), query.sql);
      const rows = await queryRaw({ ...query, sql });
      const isOneByte = (index: number) => columns.some(({ name }) => name === rows.columnNames[index]);
      const columnTypes = rows.columnTypes.map((type, index) => (isOneByte(index) ? ColumnTypeEnum.Character : type));
      return { ...rows, columnTypes };
    },
  });
}

/** What the engine is loaded with. The types of Node leave WebAssembly to those of browsers, which have no place here. */
declare const WebAssembly: {
  instantiate(bytes: Uint8Array, imports: object): Promise<{ instance: { exports: { __wbindgen_start(): void } } }>;
};

let loaded: Promise<void> | undefined;

/** Prisma's schema engine as WebAssembly: the same engine that `prisma migrate` downloads, from the npm registry alone. */
async function load(): Promise<void> {
  const path = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg');
  const bytes = await readFile(join(dirname(path), 'schema_engine_bg.wasm'));
  const { instance } = await WebAssembly.instantiate(bytes, { './schema_engine_bg.js': { ...engine } });
  engine.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
}

/**
 * Runs `work` with a schema engine connected to a database, and frees the engine afterwards.
 * @param databaseUrl a postgresql:// URL
 */
export async function withSchemaEngine<T>(
  databaseUrl: string,
  work: (engine: engine.SchemaEngine) => Promise<T>,
): Promise<T> {
  loaded ??= load();
  await loaded;
  const adapter = bindMigrationAwareSqlAdapterFactory(new MigrationAdapter({ connectionString: databaseUrl, max: 1 }));
  const instance = await engine.SchemaEngine.new({ datamodels: undefined }, () => {}, adapter);
  try {
    return await work(instance);
  } finally {
    instance.free();
  }
}

/** The migrations in a folder, in the order in which they are applied: by name, which begins with the time of writing. */
export async function readMigrations(baseDir = migrationsDir): Promise<engine.MigrationList> {
  const entries = await readdir(baseDir, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  const migrationDirectories = await Promise.all(
    names.sort().map(async (name) => ({
      path: name,
      migrationFile: {
        path: 'migration.sql',
        content: { tag: 'ok' as const, value: await readFile(join(baseDir, name, 'migration.sql'), 'utf8') },
      },
    })),
  );
  const lockfile = {
    path: 'migration_lock.toml',
    content: await readFile(join(baseDir, 'migration_lock.toml'), 'utf8'),
  };
  return { baseDir, lockfile, shadowDbInitScript: '', migrationDirectories };
}

/** The schema as its author wrote it: schema.prisma and one file a word in models/. */
export async function readSchema(): Promise<engine.SchemasContainer> {
  const models = (await readdir(join(here, 'models'))).filter((name) => name.endsWith('.prisma')).sort();
  const paths = ['schema.prisma', ...models.map((name) => join('models', name))];
  const files = paths.map(async (path) => ({
    path: join(here, path),
    content: await readFile(join(here, path), 'utf8'),
  }));
  return { files: await Promise.all(files) };
}
