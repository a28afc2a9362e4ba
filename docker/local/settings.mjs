/** The settings of a start on one machine, read from the environment and checked. Plain JavaScript: it runs before anything is installed. */
import { join, resolve } from 'node:path';

/** The ports of the hub: what they are called in the environment, what they are by default, what they carry. */
export const hubPorts = /** @type {const} */ ({
  http: { variable: 'HUB_HTTP_PORT', standard: 8080, protocols: ['tcp'] },
  dimse: { variable: 'HUB_DIMSE_PORT', standard: 11112, protocols: ['tcp'] },
  mllp: { variable: 'HUB_MLLP_PORT', standard: 2575, protocols: ['tcp'] },
  rtc: { variable: 'HUB_RTC_PORT', standard: 44444, protocols: ['tcp', 'udp'] },
});

/**
 * @typedef {{ http: number, dimse: number, mllp: number, rtc: number }} Ports
 * @typedef {{ zh: string, en: string }} Problem what is wrong and how to go on, one sentence a language
 */

/**
 * Reads the settings that a start needs before there is a hub.
 * @param {NodeJS.ProcessEnv} env
 * @param {string} root of the repository; a relative data folder is relative to it
 * @returns {{ dataDir: string, ports: Ports, isDemo: boolean, problems: Problem[] }}
 */
export function readSettings(env, root) {
  /** @type {Problem[]} */
  const problems = [];
  /** @param {keyof typeof hubPorts} name */
  const port = (name) => {
    const { variable, standard } = hubPorts[name];
    const text = env[variable];
    if (text === undefined || text === '') return standard;
    const number = Number(text);
    if (Number.isInteger(number) && number >= 1 && number <= 65535) return number;
    problems.push({
      zh: `${variable}=${text} 不是端口号:请改为 1 到 65535 之间的整数,或去掉该变量使用 ${standard}`,
      en: `${variable}=${text} is no port: use a whole number from 1 to 65535, or unset it for ${standard}`,
    });
    return standard;
  };
  const ports = { http: port('http'), dimse: port('dimse'), mllp: port('mllp'), rtc: port('rtc') };
  problems.push(...sameTwice(ports));
  const isDemo = env.HUB_DEMO ? env.HUB_DEMO === '1' || env.HUB_DEMO === 'true' : !env.DATABASE_URL;
  return { dataDir: resolve(root, env.HUB_DATA_DIR || join(root, '.hub')), ports, isDemo, problems };
}

/** @param {Ports} ports */
function sameTwice(ports) {
  /** @type {Map<number, string>} */
  const seen = new Map();
  /** @type {Problem[]} */
  const problems = [];
  for (const [name, { variable }] of Object.entries(hubPorts)) {
    const number = ports[/** @type {keyof Ports} */ (name)];
    const other = seen.get(number);
    if (other) {
      problems.push({
        zh: `${other} 与 ${variable} 都是 ${number}:请给其中一个换一个端口`,
        en: `${other} and ${variable} are both ${number}: give one of them another port`,
      });
    }
    seen.set(number, variable);
  }
  return problems;
}
