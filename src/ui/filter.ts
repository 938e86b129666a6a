import type { ReactNode } from 'react'

export interface FilterOption<V extends string> {
  value: V
  /** Plain text; shown on the button when it is the only choice. */
  label: string
  /** Heading within the group, such as a label's key, and the text under it. */
  section?: string
  shortLabel?: string
  /** Number of matching rows. */
  count?: number | undefined
  /** Icon before the label. */
  icon?: ReactNode
  mono?: boolean
  /** Why it is disabled; a chosen option can always be removed. */
  disabledReason?: string | undefined
}

export interface FilterGroup<V extends string> {
  /** Name of the column: "Status". */
  label: string
  options: readonly FilterOption<V>[]
  chosen: readonly V[]
  onChange: (chosen: V[]) => void
}
