/** `npm test`. As with start.mjs, this file only asks how old Node is, so that any Node can read it. */
const version = process.versions.node;
if (Number(version.split('.')[0]) < 16) {
  console.error(`✗ Node ${version} 太旧:请安装 Node 20.19 或更新的版本后重试`);
  console.error(`  Node ${version} is too old: install Node 20.19 or newer and try again`);
  process.exit(1);
}
import('./test-run.mjs');
