import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Where `vite` finds the api while the pages are being written; the built pages are served by the api itself. */
const api = 'http://127.0.0.1:8080';

export default defineConfig({
  plugins: [react()],
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
    },
  },
});
