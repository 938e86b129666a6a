/** Sort order of a list by one column. */
export interface Sort<Id extends string> {
  readonly column: Id
  readonly descending: boolean
}

export interface SortProps<Id extends string> {
  columns: readonly { readonly id: Id; readonly name: string }[]
  sort: Sort<Id>
  onSort: (order: Sort<Id>) => void
}

/** `Created, descending` */
export function formatSort<Id extends string>({ columns, sort: order }: Omit<SortProps<Id>, 'onSort'>): string {
  const name = columns.find(({ id }) => id === order.column)?.name ?? order.column
  return `${name}, ${order.descending ? 'descending' : 'ascending'}`
}
