/**
 * Brings the database that DATABASE_URL names to the newest migration, and adds the catalogues of this release (exams,
 * diagnoses, templates): the first thing that runs in a deployment. HUB_DEMO=1 fills an empty store with the demo region.
 */
import { applyMigrations } from '../prisma/migrate.ts';
import { seed } from '../prisma/seed/main.ts';

const url = process.env.DATABASE_URL;
if (!url) throw new Error('DATABASE_URL names no database');
const applied = await applyMigrations(url);
console.log(applied.length > 0 ? `applied: ${applied.join(', ')}` : 'the database is up to date');
if (await seed(url, ['1', 'true'].includes(process.env.HUB_DEMO ?? ''))) console.log('filled with the demo region');
// The engine leaves a connection to time out, for which nothing should wait.
process.exit();
