/** The rotation of many keys as it is chosen. */

export const presetPeriods = ['30', '90', '180', '365'] as const

export interface BulkRotationDraft {
  readonly automatic: boolean
  readonly choice: (typeof presetPeriods)[number] | 'other'
  /** What stands in the field; counts only while the choice is `other`. */
  readonly other: string
}

export const emptyRotationDraft: BulkRotationDraft = { automatic: true, choice: '90', other: '' }

/** Whole days of at least one; NaN for anything else. */
export function periodOf({ choice, other }: BulkRotationDraft): number {
  const text = choice === 'other' ? other.trim() : choice
  return /^[1-9]\d{0,8}$/.test(text) ? Number(text) : Number.NaN
}
