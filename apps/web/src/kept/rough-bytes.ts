/** How many rows of a list are looked at to tell how large it is. */
const SAMPLE = 16;

/** About how many bytes a view takes, from a few rows of each of its lists: writing out all of it would hold the page up. */
export function roughBytes(view: unknown): number {
  if (typeof view !== 'object' || view === null) return 0;
  let bytes = 0;
  for (const part of Object.values(view)) {
    if (!Array.isArray(part)) bytes += jsonBytes(part);
    else if (part.length > 0) {
      const step = Math.max(1, Math.floor(part.length / SAMPLE));
      const sample = part.filter((_, i) => i % step === 0);
      bytes += (jsonBytes(sample) / sample.length) * part.length;
    }
  }
  return Math.round(bytes);
}

const jsonBytes = (value: unknown): number => JSON.stringify(value)?.length ?? 0;
