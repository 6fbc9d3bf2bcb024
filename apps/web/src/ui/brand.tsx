/** The beacon tower. */
export function Brand({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true" className={className}>
      <path d="M12.2 14h7.6l2 14h-11.6z" fill="currentColor" opacity="0.92" />
      <path d="M11 11.3h10V14H11z" fill="currentColor" opacity="0.55" />
      <path d="M16 2.5c2.5 2.3 3.6 4.1 3.6 5.7a3.6 3.6 0 0 1-7.2 0c0-1.6 1.1-3.4 3.6-5.7z" fill="#f5a62b" />
      <path
        d="M4.5 9.2l4.3.9M27.5 9.2l-4.3.9M6.8 3.6l3.2 2.7M25.2 3.6 22 6.3"
        stroke="#f5a62b"
        strokeWidth="1.7"
        strokeLinecap="round"
      />
    </svg>
  );
}
