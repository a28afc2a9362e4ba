import { everything, migrationsDir, readMigrations, withSchemaEngine } from './schema-engine.ts';

/**
 * Applies every migration that the database has not had yet, and records each in Prisma's own table, so that
 * `prisma migrate deploy` goes on from here on a machine that has it.
 * Two callers at once are safe: the engine holds an advisory lock while it works.
 * @param databaseUrl of an existing database
 * @param folder of the migrations
 * @returns the names that were applied now, in order; none when the database is up to date
 */
export async function applyMigrations(databaseUrl: string, folder = migrationsDir): Promise<string[]> {
  const migrationsList = await readMigrations(folder);
  return withSchemaEngine(databaseUrl, async (engine) => {
    const { appliedMigrationNames } = await engine.applyMigrations({ migrationsList, filters: everything });
    return appliedMigrationNames;
  });
}
