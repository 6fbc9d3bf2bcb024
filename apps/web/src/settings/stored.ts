/** A choice kept in this browser; where storage is closed to us it lives as long as the page. */
export function stored<T extends string>(key: string, choices: readonly T[]) {
  let fallback: T | null = null;
  return {
    get(): T | null {
      try {
        const value = localStorage.getItem(key);
        return choices.find((choice) => choice === value) ?? fallback;
      } catch {
        return fallback;
      }
    },
    set(value: T): void {
      fallback = value;
      try {
        localStorage.setItem(key, value);
      } catch {
        // Kept for this page only.
      }
    },
  };
}
