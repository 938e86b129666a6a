/** What the overview counts. Each figure is a value of one of the list's filters, where exactly the counted keys stand. */

export type FigureFilter = 'status' | 'rotation' | 'material'

export interface Figure {
  readonly value: string
  readonly label: string
  /** How it looks when there is any. */
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
