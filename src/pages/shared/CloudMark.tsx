import type { CloudId } from '../../clouds/model.ts'
import { cloudOf } from '../../clouds/registry.ts'

/** Tile of 18 px with a provider's logo, beside its name or with the name as its title. */
export function CloudMark({ cloud }: { cloud: CloudId }) {
  const { longName, mark } = cloudOf(cloud)
  return (
    <span
      title={longName}
      className="inline-grid size-[18px] flex-none place-items-center rounded-sm bg-active align-middle text-fg-muted"
    >
      <svg
        viewBox="0 0 12 12"
        className="size-3"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.15"
        strokeLinejoin="round"
        strokeLinecap="round"
        aria-hidden="true"
      >
        <path d={mark} />
      </svg>
    </span>
  )
}
