/** The box of a field: outline of 3:1, the focus ring on the border, a doubled red border when invalid. */
export const inputClass =
  'w-full min-w-0 rounded-md border border-control bg-surface text-fg text-sm hover:border-fg-subtle ' +
  'focus-visible:border-focus focus-visible:-outline-offset-1 ' +
  'aria-invalid:border-danger-mark aria-invalid:shadow-[inset_0_0_0_1px_var(--color-danger-mark)] max-sm:text-touch ' +
  'read-only:bg-sunken disabled:bg-sunken disabled:text-fg-disabled'
