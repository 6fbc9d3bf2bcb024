import { createContext } from 'react';

/** Whether what is drawn here is in the shell's main part. */
export const InMain = createContext(false);
