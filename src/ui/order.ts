/** The order of a list by one of its columns. */
export interface Order<Id extends string> {
  readonly column: Id
  readonly descending: boolean
}

export interface OrderProps<Id extends string> {
  columns: readonly { readonly id: Id; readonly name: string }[]
  order: Order<Id>
  onOrder: (order: Order<Id>) => void
}

/** `Created, descending` */
export function orderWords<Id extends string>({ columns, order }: Omit<OrderProps<Id>, 'onOrder'>): string {
  const name = columns.find(({ id }) => id === order.column)?.name ?? order.column
  return `${name}, ${order.descending ? 'descending' : 'ascending'}`
}
