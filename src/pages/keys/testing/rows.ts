/** The work of the list, done at once. */
import type { KmsKey } from '../../../clouds/model.ts'
import { runToEnd } from '../../../lib/time-slicing.ts'
import { filterOptionsSliced } from '../key-options.ts'
import { filterRowsSliced, type KeyRow, prepareRowsSliced } from '../key-rows.ts'
import type { Sort } from '../keys-view.ts'
import { sortRowsSliced } from '../row-order.ts'

export const prepareRows = (keys: readonly KmsKey[]) => runToEnd(prepareRowsSliced(keys))

/** @param all what `rows` were taken from, where that is more */
export const sortRows = (rows: readonly KeyRow[], sort: Sort, all = rows) => runToEnd(sortRowsSliced(rows, sort, all))

export const filterRows = (rows: readonly KeyRow[], ...how: Tail<typeof filterRowsSliced>) =>
  runToEnd(filterRowsSliced(rows, ...how))

export const filterOptions = (...what: Parameters<typeof filterOptionsSliced>) => runToEnd(filterOptionsSliced(...what))

type Tail<Work extends (rows: readonly KeyRow[], ...how: never[]) => unknown> =
  Parameters<Work> extends [unknown, ...infer How] ? How : never
