/** View of the list of keys in the URL: search, filters and order. */

import { clouds } from '../../clouds/registry.ts'
import type { Sort as ListSort } from '../../ui/sort.ts'
import { type FilteredView, filterCodec, readSort, writeSort } from '../shared/list/list-view.ts'
import type { ListViewState } from '../shared/list/use-list-view.ts'

export const columnIds = [
  'name',
  'cloud',
  'location',
  'type',
  'status',
  'rotation',
  'lastRotated',
  'nextRotation',
  'version',
  'created',
  'labels',
] as const
export type ColumnId = (typeof columnIds)[number]

export const columnNames: Readonly<Record<ColumnId, string>> = {
  name: 'Name',
  cloud: 'Cloud',
  location: 'Location',
  type: 'Type',
  status: 'Status',
  rotation: 'Rotation',
  lastRotated: 'Last rotated',
  nextRotation: 'Next rotation',
  version: 'Version',
  created: 'Created',
  labels: 'Labels',
}

export const namedColumns = columnIds.map((id) => ({ id, name: columnNames[id] }))

export type Sort = ListSort<ColumnId>

const codec = filterCodec({
  cloud: {
    label: 'Cloud',
    get values() {
      return clouds.map(({ id }) => id)
    },
  },
  location: { label: 'Location' },
  status: { label: 'Status', values: ['active', 'disabled', 'pending'] },
  type: { label: 'Type' },
  rotation: { label: 'Rotation', values: ['automatic', 'manual', 'due', 'overdue', 'never'] },
  material: { label: 'Material', values: ['exportable', 'imported', 'external'] },
  label: { label: 'Label' },
})

export const { ids: filterIds, labels: filterLabels, each: eachFilter, none: noFilters, active: activeFilters } = codec

export type FilterId = (typeof filterIds)[number]
export type Filters = typeof noFilters

export interface KeysView extends FilteredView<FilterId> {
  readonly sort: Sort
}

const defaultSort: Sort = { column: 'name', descending: false }

export type KeysViewState = ListViewState<FilterId, KeysView>

export const keysViewFormat = {
  read: (params: URLSearchParams): KeysView => ({
    ...codec.read(params),
    sort: readSort(columnIds, params.get('sort') ?? '') ?? defaultSort,
  }),
  write(view: KeysView, others: URLSearchParams = new URLSearchParams()): URLSearchParams {
    const params = new URLSearchParams(others)
    codec.write(view, params)
    writeSort(view.sort, defaultSort, params)
    return params
  },
  clear: (view: KeysView): KeysView => ({ ...view, search: '', filters: noFilters }),
}
