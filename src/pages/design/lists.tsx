import { Plus } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../../ui/Button.tsx'
import { CardsSkeleton } from '../../ui/CardsSkeleton.tsx'
import { FilterMenu } from '../../ui/FilterMenu.tsx'
import { FilterPicker } from '../../ui/FilterPicker.tsx'
import { FilterSheet } from '../../ui/FilterSheet.tsx'
import { FilterRow, FilterSheetButton, ListToolbar } from '../../ui/ListToolbar.tsx'
import { SearchField } from '../../ui/SearchField.tsx'
import { SortField } from '../../ui/SortField.tsx'
import { useNarrow } from '../shared/use-narrow.ts'
import { nothing, Row, Specimen, type ThemedProps } from './parts.tsx'

const statuses = [
  { value: 'active', label: 'Active', count: 34 },
  { value: 'disabled', label: 'Disabled', count: 2 },
  { value: 'pending', label: 'Pending deletion', count: 0, disabledReason: 'No key that is shown has it' },
]

const locations = [
  { value: 'nl-01', label: 'nl-01', mono: true },
  { value: 'ch-gva-2', label: 'ch-gva-2', mono: true },
]

const columns = [
  { id: 'name', name: 'Name' },
  { id: 'created', name: 'Created' },
]

function Toolbars({ theme }: ThemedProps) {
  const [search, setSearch] = useState('billing')
  const [status, setStatus] = useState(['active'])
  const [order, setOrder] = useState({ column: 'name', descending: false })
  const [places, setPlaces] = useState(['nl-01', 'ch-gva-2'])
  const clear = () => {
    setSearch('')
    setStatus([])
    setPlaces([])
  }
  const groups = [
    { label: 'Status', options: statuses, chosen: status, onChange: setStatus },
    { label: 'Location', options: locations, chosen: places, onChange: setPlaces },
  ]
  const set = status.length + places.length
  const narrow = useNarrow()
  const list = { shown: 12, total: 1038, onClear: clear, onRefresh: nothing }
  const searchOf = (label: string, value: string) => ({
    label: `${label}, ${theme}`,
    placeholder: 'Search name, id, label',
    value,
    onChange: setSearch,
  })
  const sheetButton = (many: number) => (
    <FilterSheetButton set={many} preload={nothing}>
      {(close) => (
        <FilterSheet groups={groups} shown="12 keys" onClear={clear} onClose={close}>
          <SortField columns={columns} sort={order} onSort={setOrder} />
        </FilterSheet>
      )}
    </FilterSheetButton>
  )
  return (
    <>
      <Specimen name="Toolbar of a list: narrowed; on narrow screens its filters stand on one sheet">
        <ListToolbar
          {...list}
          search={searchOf('Search keys', search)}
          narrowed={search !== '' || set > 0}
          refreshing={false}
        >
          {narrow ? (
            sheetButton(set)
          ) : (
            <FilterRow>
              {groups.map((group) => (
                <FilterMenu key={group.label} {...group} />
              ))}
            </FilterRow>
          )}
        </ListToolbar>
      </Specimen>
      <Specimen name="Toolbar of a list: all of it, refreshing, with the page’s act">
        <ListToolbar
          {...list}
          search={searchOf('Search all keys', '')}
          narrowed={false}
          refreshing
          end={
            <Button variant="primary" icon={Plus} className="max-sm:w-11 max-sm:px-0">
              <span className="max-sm:sr-only">Create key</span>
            </Button>
          }
        />
      </Specimen>
      <Specimen name="Filters on one sheet: some set, none; it opens in the window’s theme">
        <Row>
          {sheetButton(set)}
          {sheetButton(0)}
        </Row>
      </Specimen>
    </>
  )
}

export function Lists({ theme }: ThemedProps) {
  const [search, setSearch] = useState('billing')
  return (
    <>
      <Toolbars theme={theme} />
      <Specimen name="Search: empty, with text">
        <Row>
          <SearchField label="Search keys" placeholder="Search name, id, label" value="" onChange={setSearch} />
          <SearchField label="Search keys" value={search} onChange={setSearch} />
        </Row>
      </Specimen>
      <Specimen name="Filters: none, one, several">
        <Row>
          {[[], ['active'], ['active', 'disabled']].map((chosen) => (
            <FilterMenu key={chosen.length} label="Status" options={statuses} chosen={chosen} onChange={nothing} />
          ))}
        </Row>
      </Specimen>
      <Specimen name="Several filters behind one button, with a search">
        <Row>
          <FilterPicker
            label={`Filters, ${theme}`}
            groups={[
              { label: 'Status', options: statuses, chosen: ['active'], onChange: nothing },
              { label: 'Location', options: locations, chosen: [], onChange: nothing },
            ]}
          />
        </Row>
      </Specimen>
      <Specimen name="Cards on their way">
        <CardsSkeleton label={`Keys, ${theme}`} className="h-32" lines={[260, 220, 240]} />
      </Specimen>
    </>
  )
}
