import { useEffect, useState } from 'react';
import { startOfDay } from './today.ts';

/** Midnight before now, in the viewer's zone; another one when the day changes. */
export function useStartOfDay(): Date {
  const [start, setStart] = useState(() => startOfDay(new Date()));
  useEffect(() => {
    const next = new Date(start);
    next.setDate(next.getDate() + 1);
    const timer = setTimeout(() => setStart(startOfDay(new Date())), next.getTime() - Date.now() + 500);
    return () => clearTimeout(timer);
  }, [start]);
  return start;
}
