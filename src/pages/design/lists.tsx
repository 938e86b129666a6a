import { useState } from 'react'
import { CardsSkeleton } from '../../ui/CardsSkeleton.tsx'
import { FilterMenu } from '../../ui/FilterMenu.tsx'
import { FilterPicker } from '../../ui/FilterPicker.tsx'
import { FilterSheet } from '../../ui/FilterSheet.tsx'
import { FilterRow, FilterSheetButton, ListToolbar } from '../../ui/ListToolbar.tsx'
import { SearchField } from '../../ui/SearchField.tsx'
import { SortField } from '../../ui/SortField.tsx'
import { nothing, Row, Specimen } from './parts.tsx'

const statuses = [
  { value: 'active', label: 'Active', count: 34 },
  { value: 'disabled', label: 'Disabled', count: 2 },
  { value: 'pending', label: 'Pending deletion', count: 0, disabledReason: 'No key that is shown has it' },
]

const columns = [
  { id: 'name', name: 'Name' },
  { id: 'created', name: 'Created' },
]

export function Lists() {
  const [search, setSearch] = useState('billing')
  const [status, setStatus] = useState(['active'])
  const [order, setOrder] = useState({ column: 'name', descending: false })
  const clear = () => {
    setSearch('')
    setStatus([])
  }
  const filter = { label: 'Status', options: statuses, chosen: status, onChange: setStatus }
  return (
    <>
      <Specimen name="Toolbar of a list, narrowed">
        <ListToolbar
          shown={12}
          total={1038}
          onClear={clear}
          onRefresh={nothing}
          search={{ label: 'Search keys', value: search, onChange: setSearch, placeholder: 'Search name, id, label' }}
          narrowed={search !== '' || status.length > 0}
          refreshing={false}
        >
          <FilterRow>
            <FilterMenu {...filter} />
          </FilterRow>
        </ListToolbar>
      </Specimen>
      <Specimen name="Filters: on a sheet, behind one button, none chosen">
        <Row>
          <FilterSheetButton set={status.length} preload={nothing}>
            {(close) => (
              <FilterSheet groups={[filter]} shown="12 keys" onClear={clear} onClose={close}>
                <SortField columns={columns} sort={order} onSort={setOrder} />
              </FilterSheet>
            )}
          </FilterSheetButton>
          <FilterPicker label="Filters" groups={[filter]} />
          <FilterMenu {...filter} chosen={[]} />
        </Row>
      </Specimen>
      <Specimen name="Search, empty">
        <SearchField label="Search requests" placeholder="Search name, id, label" value="" onChange={nothing} />
      </Specimen>
      <Specimen name="Cards being read">
        <CardsSkeleton label="Keys" className="h-32" lines={[260, 220, 240]} />
      </Specimen>
    </>
  )
}
