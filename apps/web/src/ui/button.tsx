import { clsx } from 'clsx';
import { LoaderCircle } from 'lucide-react';
import type { ButtonHTMLAttributes, ReactNode } from 'react';

const LOOKS = {
  // The transparent border shows in forced colours, where a button has no background.
  primary: 'bg-action text-on-action border border-transparent hover:bg-action-hover font-semibold',
  secondary: 'bg-surface text-ink border border-edge hover:bg-sunken font-medium',
  ghost: 'text-ink hover:bg-sunken font-medium',
  danger: 'bg-surface text-bad border border-bad hover:bg-bad-wash font-semibold',
};

export const buttonLook = (look: keyof typeof LOOKS): string =>
  clsx(
    'control inline-flex items-center justify-center gap-2 rounded-lg px-3.5 text-[0.95rem] leading-tight transition-colors',
    'disabled:opacity-60 disabled:pointer-events-none aria-busy:cursor-progress',
    LOOKS[look],
  );

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly look?: keyof typeof LOOKS;
  /** Something was asked for and the answer is not there yet: the button stays, takes no second press. */
  readonly pending?: boolean;
  readonly icon?: ReactNode;
}

export function Button({
  look = 'secondary',
  pending = false,
  icon,
  className,
  children,
  onClick,
  ...rest
}: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      data-autofocus={rest.autoFocus || undefined}
      aria-disabled={pending || rest['aria-disabled']}
      aria-busy={pending}
      onClick={pending ? (event) => event.preventDefault() : onClick}
      className={clsx(buttonLook(look), className)}
    >
      {pending ? <LoaderCircle aria-hidden className="size-4 animate-spin" /> : icon}
      {children}
    </button>
  );
}

export const iconButton =
  'control-square inline-flex items-center justify-center rounded-lg text-soft hover:bg-sunken hover:text-ink transition-colors disabled:opacity-50';

interface IconButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly label: string;
  readonly children: ReactNode;
}

export function IconButton({ label, className, children, ...rest }: IconButtonProps) {
  return (
    <button type="button" {...rest} aria-label={label} title={label} className={clsx(iconButton, className)}>
      {children}
    </button>
  );
}
