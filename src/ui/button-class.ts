import { cx } from './cx.ts'

export type ButtonVariant = 'primary' | 'secondary' | 'ghost' | 'danger' | 'dangerQuiet'
export type ButtonSize = 'sm' | 'md' | 'lg'

interface ButtonLook {
  variant?: ButtonVariant
  size?: ButtonSize
  iconOnly?: boolean
  /** The look of what cannot be used now. */
  disabled?: boolean
  className?: string | undefined
}

const base =
  'inline-flex shrink-0 select-none items-center justify-center gap-1.5 whitespace-nowrap border font-medium ' +
  'transition-[background-color,border-color] duration-(--duration-fast) max-sm:h-(--control-touch) max-sm:rounded-md max-sm:text-sm'

const looks: Record<ButtonVariant, string> = {
  primary:
    'border-transparent bg-accent text-accent-ink hover:bg-accent-hover aria-expanded:bg-accent-hover aria-busy:cursor-progress',
  secondary:
    'border-line-strong bg-surface text-fg hover:border-control hover:bg-hover aria-expanded:bg-active aria-pressed:bg-active aria-busy:cursor-progress',
  ghost:
    'border-transparent text-fg-muted hover:bg-hover hover:text-fg aria-expanded:bg-active aria-expanded:text-fg aria-pressed:bg-active aria-pressed:text-fg aria-busy:cursor-progress',
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

/** The classes of a button, for what looks like one and is not: a router link, a file label. */
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
