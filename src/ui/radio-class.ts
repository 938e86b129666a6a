export const radioClass =
  'size-4 shrink-0 appearance-none rounded-full border border-control bg-surface outline-none hover:border-fg-subtle ' +
  'checked:border-5 checked:border-accent aria-disabled:border-line-strong aria-disabled:bg-sunken'
