import { z } from 'zod';

// Comes before every schema: our content security policy has no eval, and zod would try it.
z.config({ jitless: true });
