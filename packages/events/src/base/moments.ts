import { byText } from './entities.ts';

/** The later of two moments, each as `toISOString` writes it. */
export const later = (a: string, b: string): string => (byText(a, b) > 0 ? a : b);
