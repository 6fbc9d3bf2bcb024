export type Frames = (run: () => void) => void;

/** With the next picture, however much changed until then; in a tab that nobody sees, when it is looked at again. */
export const pageFrames: Frames = (run) => {
  requestAnimationFrame(run);
};

/** For tests: now. */
export const noFrames: Frames = (run) => run();
