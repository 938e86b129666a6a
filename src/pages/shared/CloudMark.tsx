import type { CloudId } from '../../clouds/model.ts'
import { cloudOf } from '../../clouds/registry.ts'
import { cx } from '../../ui/classes.ts'

interface CloudMarkProps {
  cloud: CloudId
  /** The mark stands alone, so that a screen reader says the name. */
  alone?: boolean
  className?: string
}

/** Tile of 18 px with a provider's logo. */
export function CloudMark({ cloud, alone = false, className }: CloudMarkProps) {
  const { name, mark } = cloudOf(cloud)
  return (
    <svg
      viewBox="0 0 12 12"
      className={cx('inline size-[18px] rounded-sm bg-active p-[3px] align-middle text-fg-muted', className)}
      fill="none"
      stroke="currentColor"
      strokeWidth="1.15"
      strokeLinejoin="round"
      strokeLinecap="round"
      role="img"
      aria-label={name}
      aria-hidden={!alone}
    >
      <path d={mark} />
    </svg>
  )
}
