import { whenIdle } from '../when-idle.ts';

/** Runs soon, however much changes until then. `own`: with the next picture, whatever the last one cost. */
export type Frames = (run: () => void, own: boolean) => void;

/**
 * After a picture that took the page so long to draw, changes are gathered for this many times as long: so at most
 * every fifth moment goes into showing what others do, and the rest is there for whoever works here.
 */
const REST = 4;
/** What a frame may cost without anybody noticing. */
const FREE_MS = 12;
const MOST_MS = 1000;
/** Nobody reads faster; so a busy desk costs the page a third of the work. */
const LEAST_MS = 50;

/** With the next picture; in a tab that nobody sees, when it is looked at again. */
export const pageFrames: Frames = (run, own) => {
  if (own) return whenDrawn(run);
  const wait = restUntil - performance.now();
  if (wait <= 0) whenDrawn(run);
  else setTimeout(() => whenDrawn(run), wait);
};

let restUntil = 0;

function whenDrawn(run: () => void): void {
  requestAnimationFrame(() => {
    const start = performance.now();
    run();
    // Its turn comes after the picture has been drawn, and what React draws later in slices, too.
    whenIdle(() => {
      const end = performance.now();
      const cost = end - start;
      const rest = cost > FREE_MS ? cost * REST : 0;
      restUntil = Math.max(start + LEAST_MS, end + Math.min(MOST_MS, rest));
    });
  });
}

/** For tests: now. */
export const noFrames: Frames = (run) => run();
