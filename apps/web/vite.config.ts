import { randomUUID } from 'node:crypto';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';

/** Every page needs them, and they change seldom: one file compresses better than twenty, and stays cached. */
const LIBRARIES =
  /node_modules[\\/](react|react-dom|scheduler|@tanstack[\\/](react-router|router-core|history|react-store|store)|zustand|clsx)[\\/]/;

/** What every page of the desk needs, in one file for the same reason; the folders have nothing that comes later. */
const DESK =
  /packages[\\/]client[\\/]src[\\/]|apps[\\/]web[\\/]src[\\/]((activity|kept|people|realtime)[\\/]|ui[\\/](desk-toaster|menu-button)\.|catalogue[\\/](use-company|use-products)\.)/;

export default defineConfig(({ command }) => ({
  define: { __BUILD__: JSON.stringify(command === 'build' ? randomUUID() : 'development') },
  plugins: [
    react(),
    tailwindcss(),
    // The page itself, so that it opens without network. What it shows it keeps itself: see src/kept.
    VitePWA({
      registerType: 'prompt',
      injectRegister: false,
      manifest: {
        name: 'Almenara',
        short_name: 'Almenara',
        description: 'Orders, stock and clients on every screen the moment they change.',
        display: 'standalone',
        start_url: '/',
        background_color: '#0f1b2a',
        theme_color: '#0f1b2a',
        icons: [{ src: '/favicon.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'any' }],
      },
      workbox: {
        globPatterns: ['**/*.{js,css,html,svg,woff2}'],
        navigateFallbackDenylist: [/^\/(api|socket\.io|health|metrics|docs)(\/|$)/],
        cleanupOutdatedCaches: true,
      },
    }),
  ],
  build: {
    // Whoever runs this app has it built in.
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'libraries', test: LIBRARIES },
            // What the first script needs, in one file instead of a request for each of twenty.
            { name: 'start', tags: ['$initial'] },
            { name: 'desk', test: DESK },
          ],
        },
      },
    },
  },
  // Found at the start rather than while the first page is open, which would load it a second time.
  optimizeDeps: { entries: ['src/main.tsx', 'src/features/**/*.tsx'] },
}));
