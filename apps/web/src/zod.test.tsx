import { expect, test } from 'vitest';
import './zod.ts';

test('zod, which is loaded later, takes the settings that were left for it', async () => {
  const { config } = await import('zod');
  expect(config().jitless).toBe(true);
});
