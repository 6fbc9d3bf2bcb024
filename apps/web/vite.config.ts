import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Every page needs them, and they change seldom: one file compresses better than twenty, and stays cached. */
const LIBRARIES =
  /node_modules[\\/](react|react-dom|scheduler|@tanstack[\\/][^\\/]+|i18next|react-i18next|zustand|clsx)[\\/]/;

export default defineConfig({
  plugins: [react(), tailwindcss()],
  build: {
    // Whoever runs this app has it built in.
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: { codeSplitting: { groups: [{ name: 'libraries', test: LIBRARIES }] } },
    },
  },
  // Found at the start rather than while the first page is open, which would load it a second time.
  optimizeDeps: { entries: ['src/main.tsx', 'src/features/**/*.tsx'] },
});
