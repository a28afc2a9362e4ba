/**
 * `npm start`. This file is read by any Node that knows modules, however old, so it holds nothing but the question of
 * its age; begin.mjs asks the same again together with everything else.
 */
const version = process.versions.node;
if (Number(version.split('.')[0]) < 16) {
  console.error(`✗ Node ${version} 太旧:请安装 Node 20.19 或更新的版本后重试`);
  console.error(`  Node ${version} is too old: install Node 20.19 or newer and try again`);
  process.exit(1);
}
import('./begin.mjs');
