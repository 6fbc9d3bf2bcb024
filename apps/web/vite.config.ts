import { randomUUID } from 'node:crypto';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';

/** Every page needs them, and they change seldom: one file compresses better than twenty, and stays cached. */
const LIBRARIES =
  /node_modules[\\/](react|react-dom|scheduler|@tanstack[\\/](react-router|router-core|history|react-store|store)|zustand|clsx)[\\/]/;

/** What the page itself names. */
const FIRST = /^assets\/(rolldown-runtime|libraries|start)-[\w-]{8}\.(js|css)$/;

/** Files of ours: as many small ones compress worse, and each costs a request. */
const ours = (files: string): RegExp =>
  new RegExp(`(apps/web|packages/client)/src/(${files})`.replaceAll('/', '[\\\\/]'));

/**
 * In one file each: what the pages before the desk share with it, what all pages of the desk need, and what some do. A
 * file takes along what it imports that is in none before it: what the pages before the desk use may not need the desk.
 */
const GROUPS = [
  { name: 'looks', test: ours('ui/(alert|badge|brand)\\.|settings/|http/problem-text') },
  {
    name: 'desk',
    test: new RegExp(
      [
        /packages[\\/]client[\\/]src/,
        ours(
          'app/(desk|shell)\\.|i18n/order-name|kept/(?!pruning)|people/(?!import-link)|realtime/|session/(session-check|use-session)|when-idle',
        ),
        ours(
          'forms/command-error|ui/(desk-toaster|menu-button|page)\\.|catalogue/(use-company|use-products)\\.',
        ),
      ]
        .map(({ source }) => source)
        .join('|'),
    ),
  },
  {
    name: 'lists',
    test: new RegExp(
      [
        ours(
          'people/import-link|ui/(export-button|search-field|topic-refused|row-gap|use-gliding|use-rows-in-sight)',
        ),
        /lucide-react[\\/].*[\\/]plus\./,
      ]
        .map(({ source }) => source)
        .join('|'),
    ),
  },
  { name: 'stock', test: ours('catalogue/(level-book|use-asked-products|use-stock)\\.|ui/use-reading') },
  {
    name: 'inventory',
    test: ours('features/inventory/(count/use-open-count|stock-row|unknown-zone|use-stock-order)\\.'),
  },
  { name: 'dialogs', test: ours('ui/(close-button|use-opener)') },
  { name: 'fields', test: ours('ui/(text|select)-field') },
  { name: 'forms', test: ours('forms/(field-errors|whole-number)|http/server-fields') },
  { name: 'accounts', test: ours('http/(accounts|use-request)') },
  {
    name: 'orders',
    test: ours('features/orders/(orders-page|board/board|held/(held-orders|order-filter))\\.'),
  },
  { name: 'settings', test: ours('features/settings/(settings-layout|admin-page|section)') },
];

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
        // The first visit too, without loading the page again: what it opens later is there without network.
        clientsClaim: true,
      },
    }),
  ],
  build: {
    modulePreload: {
      // Whoever runs this app has it built in.
      polyfill: false,
      // Every page has the first files already: no list of what a part needs has to name them.
      resolveDependencies: (_file, needed, { hostType }) =>
        hostType === 'html' ? needed : needed.filter((file) => !FIRST.test(file)),
    },
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'libraries', test: LIBRARIES },
            // What the first script needs, in one file instead of a request for each of twenty.
            { name: 'start', tags: ['$initial'] },
            ...GROUPS,
          ],
        },
      },
    },
  },
  // Found at the start rather than while the first page is open, which would load it a second time.
  optimizeDeps: { entries: ['src/main.tsx', 'src/features/**/*.tsx'] },
}));
