import type { CloudId } from '../../clouds/model.ts'
import { cloudOf } from '../../clouds/queries.ts'

/** Shapes of our own, never a vendor's logo. */
const shapes: Record<CloudId, string> = {
  thalassa:
    'M1 4c1.7 0 1.7-1.3 3.4-1.3S6.1 4 7.8 4 9.5 2.7 11 2.7M1 7.2c1.7 0 1.7-1.3 3.4-1.3s1.7 1.3 3.4 1.3S9.5 5.9 11 5.9M1 10.4c1.7 0 1.7-1.3 3.4-1.3s1.7 1.3 3.4 1.3 1.7-1.3 3.2-1.3',
  exoscale: 'M6 1.2 10.3 3.6v4.8L6 10.8 1.7 8.4V3.6zM1.9 3.7 6 6l4.1-2.3M6 6v4.6',
}

/** An 18 px tile that stands for a cloud, beside its name or with the name as its title. */
export function CloudMark({ cloud }: { cloud: CloudId }) {
  return (
    <span
      title={cloudOf(cloud).longName}
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
        <path d={shapes[cloud]} />
      </svg>
    </span>
  )
}
