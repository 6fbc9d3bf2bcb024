/** The page's heading, where a screen reader says which page it is and Tab goes on; one that the width hides is none. */
export function focusHeading(): void {
  const headings = [...document.querySelectorAll<HTMLElement>('main h1')];
  headings.find((heading) => heading.offsetParent !== null)?.focus({ preventScroll: true });
}
