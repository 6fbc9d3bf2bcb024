import type { ReactNode } from 'react';

/** What a menu offers. */
export type MenuEntry =
  | {
      readonly kind: 'action';
      readonly id: string;
      readonly label: string;
      readonly icon?: ReactNode;
      /** Shown at its end: the keys that do the same. */
      readonly keys?: string | undefined;
      readonly onSelect: () => void;
    }
  | {
      readonly kind: 'choice';
      readonly id: string;
      readonly label: string;
      readonly value: string;
      readonly options: readonly { readonly value: string; readonly label: string; readonly lang?: string }[];
      readonly onChoose: (value: string) => void;
    }
  | {
      readonly kind: 'switch';
      readonly id: string;
      readonly label: string;
      readonly on: boolean;
      readonly onSwitch: (on: boolean) => void;
    }
  | { readonly kind: 'text'; readonly id: string; readonly content: ReactNode }
  | { readonly kind: 'line'; readonly id: string };
