import { useStore } from 'zustand';
import { i18n } from './i18n.ts';

/** The texts of the language that is read; what uses them is drawn anew when another is chosen. */
export const useTranslation = () => useStore(i18n);
