import { useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';
import { focusHeading } from './focus-heading.ts';

const sectionOf = (path: string): string => path.split('/')[1] ?? '';

/**
 * Opening another page moves the focus to its heading. Within a page (another zone, an order beside the board)
 * it stays where it was.
 */
export function useHeadingFocus(): void {
  const router = useRouter();
  useEffect(
    () =>
      router.subscribe('onRendered', ({ fromLocation, toLocation }) => {
        if (!fromLocation || sectionOf(fromLocation.pathname) === sectionOf(toLocation.pathname)) return;
        if (document.querySelector('[role="dialog"]')) return;
        focusHeading();
      }),
    [router],
  );
}
