/// <reference types="vite-plugin-pwa/client" />

/** Names this build; see vite.config.ts. */
declare const __BUILD__: string;
