import { Presets, SingleBar } from 'cli-progress';
import type { Phase, Progress } from '../write/batches.ts';

const WIDEST = 'Opening stock'.length;
/** Where nobody watches a bar, a line every now and then tells that it goes on. */
const LINE_EVERY_MS = 2000;

/** A bar for each phase on a terminal, plain lines elsewhere. */
export function showProgress(stream: NodeJS.WriteStream, now: () => number): Progress {
  return stream.isTTY ? bars(stream) : lines(stream, now);
}

function bars(stream: NodeJS.WriteStream): Progress {
  let bar: SingleBar | null = null;
  return {
    started: (phase, total) => {
      const format = `  ${phase.padEnd(WIDEST)} {bar} {value}/{total}  {duration_formatted}`;
      bar = new SingleBar(
        { format, stream, hideCursor: true, barsize: 30, gracefulExit: false },
        Presets.shades_grey,
      );
      bar.start(total, 0);
    },
    advanced: (_, done) => bar?.update(done),
    finished: () => bar?.stop(),
  };
}

function lines(stream: NodeJS.WritableStream, now: () => number): Progress {
  let totalOfPhase = 0;
  let told = 0;
  let last = 0;
  const tell = (phase: Phase, done: number): void => {
    told = now();
    last = done;
    stream.write(`  ${phase.padEnd(WIDEST)} ${done}/${totalOfPhase}\n`);
  };
  let reached = 0;
  return {
    started: (_, total) => {
      totalOfPhase = total;
      told = now();
      last = -1;
      reached = 0;
    },
    advanced: (phase, done) => {
      reached = done;
      if (now() - told >= LINE_EVERY_MS) tell(phase, done);
    },
    finished: (phase) => {
      if (last !== reached) tell(phase, reached);
    },
  };
}
