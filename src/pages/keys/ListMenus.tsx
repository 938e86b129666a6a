import { Columns3 } from 'lucide-react'
import { runInSlices } from '../../lib/time-slicing.ts'
import { Button } from '../../ui/Button.tsx'
import { Menu, MenuItem, MenuSeparator } from '../../ui/Menu.tsx'
import { MenuCheckbox } from '../../ui/MenuCheckbox.tsx'
import { SortMenuItems } from '../../ui/SortMenuItems.tsx'
import { Submenu } from '../../ui/Submenu.tsx'
import { formatSort } from '../../ui/sort.ts'
import type { Command } from '../commands.ts'
import { type ExportFormat, ExportMenu } from '../shared/list/ExportMenu.tsx'
import { PageCommands } from '../shared/PageCommands.tsx'
import type { KeyRow } from './key-rows.ts'
import { columnNames, type KeysView, namedColumns, type Sort } from './keys-view.ts'
import { type Columns, hideable } from './use-columns.ts'
import { ViewsMenu } from './ViewsMenu.tsx'

export interface ListMenusProps {
  columns: Columns
  /** All that the search and the filters leave. */
  rows: readonly KeyRow[]
  view: KeysView
  onSort: (sort: Sort) => void
  /** Cards have no columns. */
  narrow: boolean
}

const tooNarrow = 'The window is too narrow for it now.'

const resetRefusal = ({ hidden }: Columns) => (hidden.size === 0 ? 'All are ticked.' : undefined)

const columnActions = (columns: Columns): readonly Command[] => [
  ...hideable.map((id) => {
    const off = columns.hidden.has(id)
    return {
      label: `${off ? 'Show' : 'Hide'} column ${columnNames[id]}`,
      ...(columns.leftOut.has(id) ? { note: tooNarrow } : {}),
      icon: Columns3,
      keywords: 'choose columns',
      collapsed: true,
      run: () => columns.show(id, off),
    }
  }),
  {
    label: 'Reset columns',
    icon: Columns3,
    collapsed: true,
    disabledReason: resetRefusal(columns),
    run: columns.reset,
  },
]

/** Which columns are shown, the order by any of them, and the list as a file. */
export function ListMenus({ columns, rows, view, onSort, narrow }: ListMenusProps) {
  const { sort } = view
  const contentOf = async (format: ExportFormat) => {
    const formats = await import('./export-rows.ts')
    const steps = (format === 'csv' ? formats.csvOf : formats.jsonOf)(rows, columns.hidden)
    return (await runInSlices(steps, new AbortController().signal)).join('')
  }
  return (
    <>
      {narrow ? null : <PageCommands commands={columnActions(columns)} />}
      <ViewsMenu view={view} />
      {narrow ? null : (
        <Menu trigger={<Button iconOnly variant="ghost" icon={Columns3} aria-label="Columns" />}>
          {hideable.map((id) => (
            <MenuCheckbox
              key={id}
              label={columnNames[id]}
              checked={!columns.hidden.has(id)}
              onChange={(on) => columns.show(id, on)}
              hint={columns.leftOut.has(id) ? tooNarrow : undefined}
            />
          ))}
          <MenuSeparator />
          <Submenu label="Order" value={formatSort({ columns: namedColumns, sort: sort })}>
            <SortMenuItems columns={namedColumns} sort={sort} onSort={onSort} />
          </Submenu>
          <MenuItem disabledReason={resetRefusal(columns)} onSelect={columns.reset}>
            Reset columns
          </MenuItem>
        </Menu>
      )}
      <ExportMenu noun="key" shown={rows.length} fileName="kms-keys" contentOf={contentOf} />
    </>
  )
}
