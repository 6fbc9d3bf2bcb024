export const menuPanel =
  'z-50 min-w-52 animate-fade rounded-xl border border-line bg-raised py-1.5 text-ink shadow-lift';
export const menuItem =
  'control flex cursor-pointer items-center gap-2.5 px-3 outline-none select-none data-highlighted:bg-sunken data-highlighted:shadow-[inset_3px_0_0_var(--signal)]';
