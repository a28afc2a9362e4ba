import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';

/** Where `vite` finds the api while the pages are being written; the built pages are served by the api itself. */
const api = 'http://127.0.0.1:8080';

/**
 * A reload without a link still shows the pages, and whatever was typed on this machine with them. Only files of the
 * build are kept: what the hub answers is never in a cache, and with a link the page itself is asked for each time, so
 * that nobody works with an old one. The codecs are left out: without a link there are no images to decode.
 */
const withoutLink: Parameters<typeof VitePWA>[0] = {
  registerType: 'autoUpdate',
  injectRegister: 'script-defer',
  manifest: {
    id: '/',
    name: '联诊',
    short_name: '联诊',
    lang: 'zh-CN',
    start_url: '/',
    display: 'standalone',
    theme_color: '#12343b',
    background_color: '#ffffff',
    icons: [{ src: '/icon.svg', sizes: 'any', type: 'image/svg+xml' }],
  },
  workbox: {
    globPatterns: ['index.html', 'icon.svg', 'assets/*.{js,css}'],
    directoryIndex: null,
    navigateFallback: null,
    cleanupOutdatedCaches: true,
    inlineWorkboxRuntime: true,
    sourcemap: false,
    runtimeCaching: [
      {
        urlPattern: ({ request, url, sameOrigin }) =>
          sameOrigin &&
          request.mode === 'navigate' &&
          !/^\/(api|dicomweb|fhir|socket\.io|healthz|readyz|metrics)(\/|$)/.test(url.pathname),
        handler: 'NetworkFirst',
        options: {
          cacheName: 'page',
          // A link that swallows everything is no link.
          networkTimeoutSeconds: 5,
          // Every address is the same page: one copy, and no address, is kept.
          plugins: [{ cacheKeyWillBeUsed: async () => '/index.html' }],
          precacheFallback: { fallbackURL: 'index.html' },
        },
      },
    ],
  },
};

export default defineConfig({
  plugins: [react(), VitePWA(withoutLink)],
  publicDir: 'app/public',
  build: {
    target: 'es2022',
    // Every asset stays a file of its own: the content security policy allows no data: scripts or fonts.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1500,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [{ name: 'react', test: /node_modules[\\/](react|react-dom|scheduler)[\\/]/, priority: 3 }],
        },
      },
    },
  },
  server: {
    host: '127.0.0.1',
    proxy: {
      '/api': api,
      '/dicomweb': api,
      '/socket.io': { target: api, ws: true },
      '/media': { target: api, ws: true },
    },
  },
});
