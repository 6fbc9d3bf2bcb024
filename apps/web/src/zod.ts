import { config } from 'zod/mini';

// Comes before every schema: our content security policy has no eval, and zod would try it.
config({ jitless: true });
