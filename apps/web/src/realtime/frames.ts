import { whenIdle } from '../when-idle.ts';

/** Runs once soon, however many changes come until then. `own`: in the next frame, however long the last one took. */
export type Frames = (run: () => void, own: boolean) => void;

/**
 * After a frame that was slow to draw, changes are gathered for this many times as long: at most a fifth of the
 * time goes into showing what others do, and the rest is free for whoever works here.
 */
const REST = 4;
/** How long a frame may take without anybody noticing, in ms. */
const FREE_MS = 12;
const MOST_MS = 1000;
/**
 * The shortest time between two frames that show changes, in ms: nobody reads faster, and a busy desk costs the
 * page a third of the work.
 */
const LEAST_MS = 50;

/** Runs in an animation frame; in a hidden tab those wait until it is shown again. */
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
    // An idle moment comes after the frame has been painted and React has finished its deferred renders: all
    // that is counted as cost.
    whenIdle(() => {
      const end = performance.now();
      const cost = end - start;
      const rest = cost > FREE_MS ? cost * REST : 0;
      restUntil = Math.max(start + LEAST_MS, end + Math.min(MOST_MS, rest));
    });
  });
}

/** For tests: runs at once. */
export const noFrames: Frames = (run) => run();
