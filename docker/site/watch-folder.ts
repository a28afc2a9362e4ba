/**
 * `npm run site:folder -- --folder D:\ECG --hub https://hub.example --token-file token.txt`: sends every recording that a
 * machine of a clinic writes into a folder. Needs nothing but Node; nothing is kept but in the folder itself.
 */
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { FolderSender } from './folder-sender.ts';

const usage = `用法 · usage: npm run site:folder -- --folder <文件夹 · folder> --hub <https://…> --token-file <文件 · file>
  已发送的移入 sent，被拒收的移入 refused 并附原因 · what was sent goes to sent, what was refused to refused, with the reason
  --every 2000   每隔多少毫秒查看一次 · how often to look, in ms
  --quiet 3000   多少毫秒没有增长视为写完 · a file that has not grown for so many ms is complete`;

const text = { type: 'string' } as const;
const { values } = parseArgs({
  options: { folder: text, hub: text, 'token-file': text, every: text, quiet: text },
  strict: true,
});
const { folder, hub, 'token-file': tokenFile, every = '2000', quiet = '3000' } = values;
const [everyMs, quietMs] = [Number(every), Number(quiet)];
if (!folder || !hub || !tokenFile || !URL.canParse(hub) || !(everyMs >= 100) || !(quietMs >= 0)) {
  console.error(usage);
  process.exit(2);
}
// Not from the arguments: those can be read by everybody on the machine.
const token = (await readFile(tokenFile, 'utf8')).trim();
const say = (line: string) => console.log(`${new Date().toISOString()} ${line}`);
const sender = new FolderSender({ folder, hub, token, everyMs, quietMs, say });
await sender.open();
say(`${folder} -> ${new URL(hub).origin}`);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void sender.close());
await sender.ended;
