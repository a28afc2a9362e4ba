import type { Measured } from '@lianzhen/contracts/site-check-measures.ts';

/** Newer names first: most browsers claim to be Chrome and Safari as well. */
const names: readonly [RegExp, string][] = [
  [/MicroMessenger\/([\d.]+)/, 'WeChat'],
  [/(?:Edg|EdgA|EdgiOS)\/([\d.]+)/, 'Edge'],
  [/(?:QQBrowser|MQQBrowser)\/([\d.]+)/, 'QQ'],
  [/Firefox\/([\d.]+)/, 'Firefox'],
  [/(?:Chrome|CriOS)\/([\d.]+)/, 'Chrome'],
  [/Version\/([\d.]+).*Safari/, 'Safari'],
];

export function browserOf(userAgent: string): { name: string; version: string } {
  for (const [pattern, name] of names) {
    const version = pattern.exec(userAgent)?.[1];
    if (version) return { name, version };
  }
  return { name: userAgent.slice(0, 30), version: '' };
}

/** What this browser is and can do. Nothing here asks the person for anything. */
export function measureBrowser(): Measured['browser'] {
  const hasWebRtc = typeof RTCPeerConnection === 'function';
  return {
    ...browserOf(navigator.userAgent),
    platform: navigator.platform.slice(0, 80),
    isSecure: window.isSecureContext,
    hasWebRtc,
    hasWasm: typeof WebAssembly === 'object',
    audioCodecs: codecsOf('audio'),
    videoCodecs: codecsOf('video'),
    screen: `${window.screen.width}x${window.screen.height}`,
  };
}

function codecsOf(kind: 'audio' | 'video'): string[] {
  if (typeof RTCRtpSender !== 'function' || !RTCRtpSender.getCapabilities) return [];
  const found = RTCRtpSender.getCapabilities(kind)?.codecs.map(({ mimeType }) => mimeType) ?? [];
  return [...new Set(found)].filter((name) => !/\/(rtx|red|ulpfec|flexfec-03)$/i.test(name)).slice(0, 30);
}

/** Whether what is kept here stays (drafts, chosen devices), and how much room there is. */
export async function measureStorage(): Promise<Measured['storage']> {
  const estimate = await navigator.storage?.estimate?.();
  const { quota, usage = 0 } = estimate ?? {};
  const freeMb = quota === undefined ? null : Math.round((quota - usage) / 1_048_576);
  return { freeMb, isKept: await opensDatabase() };
}

function opensDatabase(): Promise<boolean> {
  return new Promise((resolve) => {
    try {
      const request = indexedDB.open('lianzhen-site-check', 1);
      request.onsuccess = () => {
        request.result.close();
        indexedDB.deleteDatabase('lianzhen-site-check');
        resolve(true);
      };
      request.onerror = () => resolve(false);
    } catch {
      // Private windows of some browsers throw instead of answering.
      resolve(false);
    }
  });
}
