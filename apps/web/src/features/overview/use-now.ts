import { useEffect, useState } from 'react';

const MINUTE = 60_000;

/** In ms since 1970, anew each minute: ages, days and hours follow it. */
export function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), MINUTE);
    return () => clearInterval(timer);
  }, []);
  return now;
}
