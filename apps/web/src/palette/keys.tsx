import { useStore } from 'zustand';
import { shortcutsOn } from './shortcuts.ts';

/** The keys that do the same; nothing where they are switched off. */
export function Keys({ keys }: { keys: string }) {
  const on = useStore(shortcutsOn);
  if (!on) return null;
  return (
    <span className="flex shrink-0 gap-1">
      {keys.split(' ').map((key) => (
        <kbd key={key} className="kbd">
          {key}
        </kbd>
      ))}
    </span>
  );
}
