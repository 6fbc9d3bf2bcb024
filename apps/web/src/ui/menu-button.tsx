import { clsx } from 'clsx';
import { type ReactNode, useId, useRef, useState } from 'react';
import { type LazyPart, lazyPart } from './lazy-part.tsx';
import type { MenuEntry } from './menu-entries.ts';
import type { MenuPanelProps } from './menu-panel.tsx';

const MenuPanel = lazyPart(async () => (await import('./menu-panel.tsx')).MenuPanel);

/** What a menu that brings its own entries is given. */
export type PanelProps = Omit<MenuPanelProps, 'entries'>;

type MenuButtonProps = LookProps &
  ({ readonly entries: readonly MenuEntry[] } | { readonly Panel: LazyPart<PanelProps> });

interface LookProps {
  /** The button's name, and the menu's. */
  readonly label: string;
  readonly className: string;
  readonly side?: 'top' | 'bottom';
  /** The page on the screen is one of this menu's. */
  readonly current?: boolean;
  /** What the button shows. */
  readonly children: ReactNode;
}

/** A button with a menu. The menu's code comes when the button is about to be used. */
export function MenuButton(props: MenuButtonProps) {
  const { label, className, side = 'bottom', current = false, children } = props;
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  const { preload } = 'Panel' in props ? props.Panel : MenuPanel;
  const panel: PanelProps = { label, button, side, onClose: () => setOpen(false) };
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
        onPointerEnter={preload}
        onFocus={preload}
        onClick={() => setOpen(true)}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown') return;
          event.preventDefault();
          setOpen(true);
        }}
      >
        {children}
      </button>
      {open &&
        ('Panel' in props ? <props.Panel {...panel} /> : <MenuPanel {...panel} entries={props.entries} />)}
    </span>
  );
}
