/** Figures of the overview. Each is a value of a filter of the key list, which shows exactly the counted keys. */

export type FigureFilter = 'status' | 'rotation' | 'material'

export interface Figure {
  readonly value: string
  readonly label: string
  /** Tone when the count is above zero. */
  readonly tone?: 'danger' | 'warning'
}

export interface FigureGroup {
  readonly filter: FigureFilter
  readonly title: string
  readonly figures: readonly Figure[]
}

export const figureGroups: readonly FigureGroup[] = [
  {
    filter: 'status',
    title: 'Status',
    figures: [
      { value: 'active', label: 'Active' },
      { value: 'disabled', label: 'Disabled' },
      { value: 'pending', label: 'Pending deletion', tone: 'danger' },
    ],
  },
  {
    filter: 'rotation',
    title: 'Rotation',
    figures: [
      { value: 'automatic', label: 'Automatic' },
      { value: 'due', label: 'Due in 30 days' },
      { value: 'overdue', label: 'Overdue', tone: 'warning' },
      { value: 'never', label: 'Never rotated' },
    ],
  },
  {
    filter: 'material',
    title: 'Material',
    figures: [
      { value: 'exportable', label: 'Exportable' },
      { value: 'imported', label: 'Imported' },
    ],
  },
]
