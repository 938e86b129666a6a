/** A keyhole on a tile. */
export function Logo() {
  return (
    <svg viewBox="0 0 20 20" className="size-5 flex-none text-accent" aria-hidden="true">
      <rect width="20" height="20" rx="5" fill="currentColor" />
      <path
        d="M10 4.6a3.1 3.1 0 0 1 1.5 5.8l.9 4.6H7.6l.9-4.6A3.1 3.1 0 0 1 10 4.6z"
        className="fill-(--color-accent-ink)"
      />
    </svg>
  )
}
