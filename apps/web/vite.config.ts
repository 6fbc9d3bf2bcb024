import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  plugins: [react(), tailwindcss()],
  // Found at the start rather than while the first page is open, which would load it a second time.
  optimizeDeps: { entries: ['src/main.tsx', 'src/features/**/*.tsx'] },
});
