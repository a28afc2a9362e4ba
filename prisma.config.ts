/**
 * For `prisma migrate deploy` and Prisma's other tools, where its schema engine can be had. The hub itself does without:
 * `docker/migrate.ts` runs the same engine as WebAssembly and keeps the same table.
 */
export default {
  schema: 'prisma',
  migrations: { path: 'prisma/migrations' },
  // Generating a client needs no database, and so no URL.
  ...(process.env.DATABASE_URL ? { datasource: { url: process.env.DATABASE_URL } } : {}),
};
