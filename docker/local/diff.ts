/** `npm run db:diff -- NAME`: writes the migration that leads to the schema, against a PostgreSQL of its own. */
import { writeMigration } from '../../prisma/diff.ts';
import { startPrivatePostgres } from './private-postgres.ts';

const name = process.argv[2];
if (!name) {
  console.error('usage: npm run db:diff -- name-of-the-change');
  process.exit(2);
}
const server = await startPrivatePostgres();
try {
  const file = await writeMigration(server.url('postgres'), name, new Date());
  console.log(file ?? 'The migrations lead to the schema already.');
} finally {
  await server.stop();
}
