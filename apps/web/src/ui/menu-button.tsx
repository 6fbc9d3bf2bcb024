import { clsx } from 'clsx';
import { type ReactNode, useId, useRef, useState } from 'react';
import { lazyPart } from './lazy-part.tsx';
import type { MenuEntry } from './menu-entries.ts';

const MenuPanel = lazyPart(async () => (await import('./menu-panel.tsx')).MenuPanel);

interface MenuButtonProps {
  /** The button's name, and the menu's. */
  readonly label: string;
  readonly entries: readonly MenuEntry[];
  readonly className: string;
  readonly side?: 'top' | 'bottom';
  /** What is shown now is behind this menu. */
  readonly current?: boolean;
  /** What the button shows. */
  readonly children: ReactNode;
}

/** A button with a menu. The menu's code comes when the button is about to be used. */
export function MenuButton(props: MenuButtonProps) {
  const { label, entries, className, side = 'bottom', current = false, children } = props;
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  return (
    <span className="relative inline-flex">
      <button
        ref={button}
        id={id}
        type="button"
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-current={current || undefined}
        className={clsx('flex-1', className)}
        onPointerEnter={MenuPanel.preload}
        onFocus={MenuPanel.preload}
        onClick={() => setOpen(true)}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown') return;
          event.preventDefault();
          setOpen(true);
        }}
      >
        {children}
      </button>
      {open && (
        <MenuPanel
          label={label}
          button={button}
          side={side}
          entries={entries}
          onClose={() => setOpen(false)}
        />
      )}
    </span>
  );
}
