/**
 * `npm run admin:create -- --facility C01 --name 县人民医院 --username admin01`: the first admin of a store, with a
 * password that is good for one log-in. Asks the database that DATABASE_URL names, else the one of the hub on this machine.
 */
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { type AdminWish, makeAdmin, WishRefused } from '../prisma/make-admin.ts';

const usage = `用法 · usage: npm run admin:create -- --facility C01 --username admin01 [--display-name 韩雪] [--role facility-admin|auditor|regulator]
  库为空时建立首个机构 · in an empty store the facility is made:  --name 县人民医院 [--level county|city|province] [--kind hospital|commission]
  其他机构 · any other facility:  --name … --level township --parent C01
  密码从标准输入读取 · the password from standard input:  --password-stdin
  为已有账号重置密码 · a new password for an account that is there:  --reset`;

const text = { type: 'string' } as const;
const options = {
  ...{ facility: text, name: text, level: text, kind: text, parent: text },
  ...{ username: text, 'display-name': text, role: text },
  'password-stdin': { type: 'boolean' },
  reset: { type: 'boolean' },
} as const;

async function readWish(): Promise<AdminWish> {
  const { values } = parseArgs({ options, strict: true });
  const { facility, username, 'display-name': displayName, 'password-stdin': isGiven, ...rest } = values;
  if (!facility || !username) throw new WishRefused('--facility 和 --username 必填 · both are needed');
  return { ...rest, facility, username, displayName, password: isGiven ? await firstLine() : undefined };
}

/** Not from the arguments: those can be read by everybody on the machine, and stay in the shell's history. */
async function firstLine(): Promise<string> {
  for await (const line of createInterface({ input: process.stdin })) return line;
  return '';
}

async function findDatabase(): Promise<string> {
  if (process.env.DATABASE_URL) return process.env.DATABASE_URL;
  const { localDatabase } = await import('./local/local-database.ts');
  const url = localDatabase(process.env);
  if (!url)
    throw new WishRefused(
      '没有数据库：请设置 DATABASE_URL，或先 npm start · no database: set DATABASE_URL, or npm start',
    );
  return url;
}

try {
  const wish = await readWish();
  const { facility, username, password, until } = await makeAdmin(await findDatabase(), wish, new Date());
  if (facility.isNew) console.log(`机构已建立 · facility made: ${facility.code} ${facility.name}`);
  console.log(`账号 · account: ${username} @ ${facility.code}`);
  if (password) console.log(`一次性密码，只显示这一次 · one-time password, shown this once: ${password}`);
  console.log(`登录时须改为新密码，有效至 · to be changed at the first log-in, good until: ${until.toISOString()}`);
} catch (cause) {
  const { code } = cause as { code?: string };
  const isUsage = cause instanceof WishRefused || code?.startsWith('ERR_PARSE_ARGS');
  console.error(`✗ ${cause instanceof Error ? cause.message : cause}${isUsage ? `\n\n${usage}` : ''}`);
  process.exitCode = isUsage ? 2 : 1;
}
