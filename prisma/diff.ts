import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { everything, migrationsDir, readMigrations, readSchema, withSchemaEngine } from './schema-engine.ts';

/**
 * The SQL that leads from the migrations to the schema; empty when they agree.
 * @param databaseUrl of a server on which a shadow database may be made and dropped; its own data is not looked at
 */
export async function diffSchema(databaseUrl: string): Promise<string> {
  const [migrations, schema] = await Promise.all([readMigrations(), readSchema()]);
  return withSchemaEngine(databaseUrl, async (engine) => {
    const { stdout } = await engine.diff({
      from: { tag: 'migrations', ...migrations },
      to: { tag: 'schemaDatamodel', ...schema },
      script: true,
      exitCode: null,
      filters: everything,
    });
    return isEmpty(stdout ?? '') ? '' : (stdout ?? '');
  });
}

/** The engine says "This is an empty migration." in a comment. */
const isEmpty = (sql: string) => sql.split('\n').every((line) => line.trim() === '' || line.startsWith('--'));

/**
 * Writes the next migration.
 * @param name what the change does, in kebab-case
 * @returns the file written, or undefined when the schema asks for nothing new
 */
export async function writeMigration(databaseUrl: string, name: string, now: Date): Promise<string | undefined> {
  if (!/^[a-z0-9][a-z0-9-]{0,60}$/.test(name)) throw new Error(`"${name}" is no name for a migration: use kebab-case`);
  await mkdir(migrationsDir, { recursive: true });
  await writeFile(join(migrationsDir, 'migration_lock.toml'), 'provider = "postgresql"\n');
  const sql = await diffSchema(databaseUrl);
  if (!sql) return undefined;
  const stamp = now.toISOString().replace(/\D/g, '').slice(0, 14);
  const folder = join(migrationsDir, `${stamp}_${name.replaceAll('-', '_')}`);
  await mkdir(folder, { recursive: true });
  const file = join(folder, 'migration.sql');
  await writeFile(file, sql);
  return file;
}
