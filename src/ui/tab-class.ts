/** The padding is room for the focus ring; the margin takes it back. */
export const tabClass =
  'group -mx-1 relative inline-flex shrink-0 items-center gap-1.5 whitespace-nowrap px-1 font-medium text-fg-muted ' +
  'hover:text-fg data-active:text-fg focus-visible:-outline-offset-2'

/** The accent line under the current tab; a child of it. */
export const tabLineClass = 'absolute inset-x-1 -bottom-px hidden h-0.5 bg-accent group-data-active:block'
