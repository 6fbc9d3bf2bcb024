import { createContext } from 'react';

/** Whether a component is drawn inside the shell, which has a `<main>` already. */
export const InMain = createContext(false);
