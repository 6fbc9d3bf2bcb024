import { weaknessOf } from './src/auth/password-strength.ts';

for (const p of ['adamora2026', 'a long password', 'Ada Mora 1'])
  console.log(p, await weaknessOf(p, ['Ada Mora', 'ada@first.test']));
for (const p of [
  'ab12!'.repeat(25),
  '4@3$!1'.repeat(21),
  'passwordqwerty1990'.repeat(7),
  '1234567890'.repeat(12),
  '1a2@3$4!'.repeat(16),
]) {
  const t = performance.now();
  await weaknessOf(p, ['Ada Mora']);
  console.log((performance.now() - t).toFixed(0));
}
