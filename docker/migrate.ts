/** Brings the database that DATABASE_URL names to the newest migration: the first thing that runs in a deployment. */
import { applyMigrations } from '../prisma/migrate.ts';

const url = process.env.DATABASE_URL;
if (!url) throw new Error('DATABASE_URL names no database');
const applied = await applyMigrations(url);
console.log(applied.length > 0 ? `applied: ${applied.join(', ')}` : 'the database is up to date');
