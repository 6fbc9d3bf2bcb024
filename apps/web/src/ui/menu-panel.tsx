import { Check } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { type RefObject, useRef } from 'react';
import { menuItem, menuPanel } from './menu.tsx';
import type { MenuEntry } from './menu-entries.ts';

export interface MenuPanelProps {
  readonly label: string;
  readonly button: RefObject<HTMLElement | null>;
  readonly side: 'top' | 'bottom';
  readonly entries: readonly MenuEntry[];
  readonly onClose: () => void;
}

/** The open menu under a button that stands elsewhere. */
export function MenuPanel({ label, button, side, entries, onClose }: MenuPanelProps) {
  const chosen = useRef<(() => void) | null>(null);
  return (
    // Not modal: a modal menu would hide the rest of the page from screen readers.
    <DropdownMenu.Root open modal={false} onOpenChange={(open) => !open && onClose()}>
      <DropdownMenu.Trigger asChild>
        <span aria-hidden className="pointer-events-none absolute inset-0" />
      </DropdownMenu.Trigger>
      {/* Drawn in the landmark that its button is in, so that people who move by landmarks find it there. */}
      <DropdownMenu.Portal container={button.current?.closest('header, nav, main') ?? null}>
        <DropdownMenu.Content
          aria-label={label}
          align="end"
          side={side}
          sideOffset={6}
          collisionPadding={8}
          className={`${menuPanel} max-h-(--radix-dropdown-menu-content-available-height) max-w-[calc(100vw-1rem)] overflow-y-auto`}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            button.current?.focus();
            // Runs once the focus is back at the button, so that a dialog that opens now can return it there.
            chosen.current?.();
          }}
        >
          {entries.map((entry) => (
            <Entry key={entry.id} entry={entry} onSelect={(action) => (chosen.current = action)} />
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

function Entry({ entry, onSelect }: { entry: MenuEntry; onSelect: (action: () => void) => void }) {
  switch (entry.kind) {
    case 'action':
      return (
        <DropdownMenu.Item className={menuItem} onSelect={() => onSelect(entry.onSelect)}>
          {entry.icon}
          <span className="min-w-0 flex-1 break-words">{entry.label}</span>
          {entry.keys !== undefined && <kbd className="kbd">{entry.keys}</kbd>}
        </DropdownMenu.Item>
      );
    case 'choice':
      return (
        <DropdownMenu.RadioGroup value={entry.value} aria-label={entry.label}>
          <DropdownMenu.Label className="px-3 pt-1 text-sm font-medium text-soft">
            {entry.label}
          </DropdownMenu.Label>
          {entry.options.map(({ value, label, lang }) => (
            <DropdownMenu.RadioItem
              key={value}
              value={value}
              className={menuItem}
              onSelect={() => onSelect(() => entry.onChoose(value))}
            >
              <Mark />
              <span lang={lang}>{label}</span>
            </DropdownMenu.RadioItem>
          ))}
        </DropdownMenu.RadioGroup>
      );
    case 'switch':
      return (
        <DropdownMenu.CheckboxItem
          checked={entry.on}
          className={menuItem}
          onSelect={() => onSelect(() => entry.onSwitch(!entry.on))}
        >
          <Mark />
          {entry.label}
        </DropdownMenu.CheckboxItem>
      );
    case 'text':
      return <div className="max-w-64 px-3 py-2">{entry.content}</div>;
    case 'line':
      return <DropdownMenu.Separator className="my-1 h-px bg-line" />;
  }
}

function Mark() {
  return (
    <span className="w-4">
      <DropdownMenu.ItemIndicator>
        <Check aria-hidden className="size-4" />
      </DropdownMenu.ItemIndicator>
    </span>
  );
}
