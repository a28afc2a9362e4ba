/** The programs of others that the suites drive or are compared with. None of them is needed to run the product. */
import { existsSync, readdirSync } from 'node:fs';
import { canInstall, install, which } from './apt.mjs';

/**
 * @typedef {{ name: string, packages: string[], instead?: string[], suites: string[], isThere: () => boolean }} Tool
 *   `instead`: packages that do as well where there are none of the first
 */

/** @param {string[]} programs */
const all = (...programs) => programs.every((program) => which(program) !== undefined);

/** @type {Tool[]} */
export const tools = [
  {
    name: 'redis',
    packages: ['redis-server'],
    suites: ['flows', 'e2e', 'peers', 'faults', 'bench', 'unit'],
    isThere: () => all('redis-server'),
  },
  {
    name: 'chromium',
    packages: ['chromium-headless-shell'],
    instead: ['chromium'],
    suites: ['e2e', 'peers', 'faults'],
    isThere: () => all('chromium-headless-shell') || all('chromium'),
  },
  { name: 'fonts-noto-cjk', packages: ['fonts-noto-cjk'], suites: ['e2e'], isThere: hasChineseFont },
  {
    name: 'dcmtk',
    packages: ['dcmtk'],
    suites: ['e2e', 'peers', 'faults', 'bench'],
    isThere: () => all('storescu', 'storescp', 'findscu', 'dcmdump'),
  },
  { name: 'dicom3tools', packages: ['dicom3tools'], suites: ['peers'], isThere: () => all('dciodvfy') },
  {
    name: 'orthanc',
    packages: ['orthanc', 'orthanc-dicomweb'],
    suites: ['peers', 'bench'],
    isThere: () => all('Orthanc') && existsSync('/usr/share/orthanc/plugins/libOrthancDicomWeb.so'),
  },
  {
    name: 'pixelmed',
    // The runtime is large, but there is no smaller Java, and nothing else in Debian draws electrocardiograms unseen.
    packages: ['libpixelmed-java', 'default-jre-headless'],
    suites: ['peers'],
    isThere: () => all('java') && existsSync('/usr/share/java/pixelmed.jar'),
  },
  { name: 'biosig', packages: ['biosig-tools'], suites: ['peers', 'bench'], isThere: () => all('save2gdf') },
  {
    name: 'pydicom',
    packages: ['python3-pydicom'],
    suites: ['peers'],
    isThere: () => hasPython('pydicom'),
  },
  {
    name: 'python-hl7',
    packages: ['python3-hl7'],
    suites: ['peers'],
    isThere: () => hasPython('hl7'),
  },
  {
    name: 'poppler',
    packages: ['poppler-utils'],
    suites: ['e2e', 'peers'],
    isThere: () => all('pdftoppm', 'pdftotext'),
  },
  {
    name: 'coturn',
    packages: ['coturn', 'openssl'],
    suites: ['e2e', 'peers', 'faults', 'bench'],
    isThere: () => all('turnserver', 'openssl'),
  },
  {
    name: 'iproute2',
    packages: ['iproute2', 'python3'],
    suites: ['unit', 'faults'],
    isThere: () => all('ip', 'nsenter', 'python3'),
  },
  { name: 'ffmpeg', packages: ['ffmpeg'], suites: ['e2e', 'flows', 'faults'], isThere: () => all('ffmpeg', 'ffprobe') },
  { name: 'janus', packages: ['janus'], suites: ['bench'], isThere: () => all('janus') },
  {
    name: 'orthanc-postgresql',
    packages: ['orthanc-postgresql'],
    suites: ['bench'],
    isThere: () => existsSync('/usr/share/orthanc/plugins/libOrthancPostgreSQLIndex.so'),
  },
];

const hasPython = (/** @type {string} */ library) => existsSync(`/usr/lib/python3/dist-packages/${library}`);

function hasChineseFont() {
  const folder = '/usr/share/fonts/opentype/noto';
  return existsSync(folder) && readdirSync(folder).some((file) => file.startsWith('NotoSansCJK'));
}

/**
 * Installs the tools that the chosen suites use and that are missing, where that is possible.
 * @param {string[]} chosen
 * @param {(line: string) => void} say
 * @returns {{ name: string, why: string }[]} what is missing all the same; suites skip what needs it
 */
export function ensureTools(chosen, say) {
  const missing = tools.filter((tool) => tool.suites.some((suite) => chosen.includes(suite)) && !tool.isThere());
  if (missing.length === 0) return [];
  if (!canInstall())
    return missing.map(({ name }) => ({ name, why: 'not installed, and nothing can be installed here' }));
  say(`installing Debian packages for the tests: ${missing.flatMap(({ packages }) => packages).join(' ')}`);
  // Together is quicker; one by one, when one of them spoils it for the others.
  if (install(missing.flatMap(({ packages }) => packages)).ok)
    return missing.filter((tool) => !tool.isThere()).map(unusable);
  return missing.flatMap((tool) => {
    const wanted = install(tool.packages);
    const result = wanted.ok || !tool.instead ? wanted : install(tool.instead);
    if (!result.ok) return [{ name: tool.name, why: result.why }];
    return tool.isThere() ? [] : [unusable(tool)];
  });
}

/** @param {Tool} tool */
const unusable = ({ name }) => ({ name, why: 'its package was installed but did not bring what is needed' });
