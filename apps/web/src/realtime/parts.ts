/** Something that runs: starting it gives what stops it. */
export type Part = () => () => void;

/** Starts all in order, and stops them in the opposite one. */
export const together =
  (parts: readonly Part[]): Part =>
  () => {
    const stops = parts.map((part) => part());
    return () => {
      for (const stop of stops.reverse()) stop();
    };
  };
