import './zod.ts';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createDesks } from './app/desks.ts';
import { createAppRouter } from './app/router.tsx';
import { startI18n } from './i18n/i18n.ts';
import { createAccountStore } from './session/account-store.ts';
import './styles.css';

await startI18n();
const router = createAppRouter({ accounts: createAccountStore(), desks: createDesks() });
const root = document.getElementById('root');
if (!root) throw new Error('The page has no #root');
createRoot(root).render(
  <StrictMode>
    <RouterProvider router={router} />
  </StrictMode>,
);
