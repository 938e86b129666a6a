/** Class names of elements that look alike in several components, and what a class depends on. */

/** Joins class names; skips falsy ones. */
export function cx(...names: (string | false | null | undefined)[]): string {
  return names.filter(Boolean).join(' ')
}

/** Meaning of a badge, banner or mark, shown as its colour. */
export type Tone = 'ok' | 'warning' | 'danger' | 'info' | 'accent'

export type ButtonVariant = 'primary' | 'secondary' | 'ghost' | 'danger' | 'dangerQuiet'
export type ButtonSize = 'sm' | 'md' | 'lg'

interface ButtonLook {
  variant?: ButtonVariant
  size?: ButtonSize
  iconOnly?: boolean
  disabled?: boolean
  className?: string | undefined
}

const base =
  'inline-flex shrink-0 select-none items-center justify-center gap-1.5 whitespace-nowrap border font-medium ' +
  'transition-[background-color,border-color] duration-(--duration-fast) max-sm:h-(--control-touch) max-sm:rounded-md max-sm:text-sm'

const looks: Record<ButtonVariant, string> = {
  primary:
    'border-transparent bg-accent text-accent-ink hover:bg-accent-hover aria-expanded:bg-accent-hover forced-color-adjust-none aria-busy:cursor-progress',
  secondary:
    'border-line-strong bg-surface text-fg hover:border-control hover:bg-hover aria-expanded:bg-active aria-pressed:bg-active aria-pressed:forced-highlight aria-busy:cursor-progress',
  ghost:
    'border-transparent text-fg-muted hover:bg-hover hover:text-fg aria-expanded:bg-active aria-expanded:text-fg aria-pressed:bg-active aria-pressed:text-fg aria-pressed:forced-highlight aria-busy:cursor-progress',
  danger: 'border-transparent bg-danger text-danger-ink hover:bg-danger-hover aria-busy:cursor-progress',
  dangerQuiet:
    'border-line-strong bg-surface text-danger-fg hover:border-danger-border hover:bg-danger-bg aria-expanded:bg-danger-bg aria-busy:cursor-progress',
}

const disabledLook: Record<ButtonVariant, string> = {
  primary: 'border-line bg-sunken text-fg-disabled',
  secondary: 'border-line bg-sunken text-fg-disabled',
  ghost: 'border-transparent text-fg-disabled',
  danger: 'border-line bg-sunken text-fg-disabled',
  dangerQuiet: 'border-line bg-sunken text-fg-disabled',
}

const sizes: Record<ButtonSize, string> = {
  sm: 'h-(--control-sm) rounded-[5px] text-xs',
  md: 'h-(--control-md) rounded-md text-sm',
  lg: 'h-(--control-lg) rounded-md text-sm',
}

const padding: Record<ButtonSize, string> = {
  sm: 'px-[9px] max-sm:px-3 [&>svg:first-child]:-ml-0.5',
  md: 'px-3 [&>svg:first-child]:-ml-0.5',
  lg: 'px-3.5 [&>svg:first-child]:-ml-0.5',
}

const square: Record<ButtonSize, string> = {
  sm: 'w-(--control-sm) max-sm:w-(--control-touch)',
  md: 'w-(--control-md) max-sm:w-(--control-touch)',
  lg: 'w-(--control-lg) max-sm:w-(--control-touch)',
}

/** Classes of a button, also for elements that only look like one: a router link, a file label. */
export function buttonClass({
  variant = 'secondary',
  size = 'md',
  iconOnly,
  disabled,
  className,
}: ButtonLook = {}): string {
  return cx(
    base,
    sizes[size],
    iconOnly ? square[size] : padding[size],
    disabled ? cx('cursor-not-allowed', disabledLook[variant]) : looks[variant],
    className,
  )
}

/** Box of a field: outline of 3:1, the focus ring on the border, a doubled red border when invalid. */
export const inputClass =
  'w-full min-w-0 rounded-md border border-control bg-surface text-fg text-sm hover:border-fg-subtle ' +
  'focus-visible:border-focus focus-visible:-outline-offset-1 ' +
  'aria-invalid:border-danger-mark aria-invalid:shadow-[inset_0_0_0_1px_var(--color-danger-mark)] forced-colors:aria-invalid:border-2 max-sm:text-touch ' +
  'read-only:bg-sunken disabled:bg-sunken disabled:text-fg-disabled'

/** Popups of menus, selects and the picker. */
export const menuPopupClass =
  'overflow-y-auto rounded-lg border border-line-strong bg-raised p-1 shadow-pop outline-none ' +
  'max-h-(--available-height) origin-(--transform-origin) transition-[opacity,translate] duration-(--duration-base) ease-out ' +
  'data-ending-style:opacity-0 data-starting-style:opacity-0 data-starting-style:-translate-y-1'

export const menuItemClass =
  'flex min-h-(--row-compact) w-full select-none items-center gap-[9px] rounded-sm px-2 text-sm outline-none cursor-default ' +
  'data-highlighted:bg-menu-hover data-highlighted:forced-highlight data-disabled:cursor-not-allowed max-sm:min-h-(--control-touch)'

export const radioClass =
  'size-4 shrink-0 appearance-none rounded-full border border-control bg-surface outline-none hover:border-fg-subtle ' +
  'checked:border-5 checked:border-accent aria-disabled:border-line-strong aria-disabled:bg-sunken'

/** The padding leaves room for the focus ring; the negative margin compensates. */
export const tabClass =
  'group -mx-1 relative inline-flex shrink-0 items-center gap-1.5 whitespace-nowrap px-1 font-medium text-fg-muted ' +
  'hover:text-fg data-active:text-fg focus-visible:-outline-offset-2'

/** Accent line under the current tab, as its child. */
export const tabLineClass = 'absolute inset-x-1 -bottom-px hidden h-0.5 bg-accent group-data-active:block'
