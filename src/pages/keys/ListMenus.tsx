import { Columns3, Download } from 'lucide-react'
import { useState } from 'react'
import { currentTime } from '../../lib/current-time.ts'
import { download } from '../../lib/download.ts'
import { count } from '../../lib/numbers.ts'
import { runInSlices } from '../../lib/time-slicing.ts'
import { Button } from '../../ui/Button.tsx'
import { Menu, MenuItem, MenuSeparator } from '../../ui/Menu.tsx'
import { MenuCheckbox } from '../../ui/MenuCheckbox.tsx'
import { SortMenuItems } from '../../ui/SortMenuItems.tsx'
import { Submenu } from '../../ui/Submenu.tsx'
import { formatSort } from '../../ui/sort.ts'
import { useToast } from '../../ui/Toast.tsx'
import type { Command } from '../commands.ts'
import { PageCommands } from '../shared/PageCommands.tsx'
import { csvOf, type ExportFormat, exportName, jsonOf } from './export-rows.ts'
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

const formats = { csv: csvOf, json: jsonOf }

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
  const toast = useToast()
  const [busy, setBusy] = useState(false)
  const many = count(rows.length, 'key')

  async function save(format: ExportFormat) {
    setBusy(true)
    const parts = await runInSlices(formats[format](rows, columns.hidden), new AbortController().signal)
    const name = exportName(format, currentTime())
    download(name, parts.join(''))
    setBusy(false)
    toast.success(`Exported ${many}.`, { text: `Saved as ${name}.` })
  }

  const nothing = rows.length === 0 ? 'There is nothing to export.' : undefined
  const exports = (['csv', 'json'] as const).map((format) => ({
    label: `Export ${many} as ${format.toUpperCase()}`,
    icon: Download,
    run: () => void save(format),
  }))
  return (
    <>
      <PageCommands
        commands={[
          ...exports.map((one) => ({
            ...one,
            disabledReason: busy ? 'The export is running.' : nothing,
            keywords: 'download save',
          })),
          ...(narrow ? [] : columnActions(columns)),
        ]}
      />
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
      <Menu
        trigger={
          <Button iconOnly variant="ghost" icon={Download} aria-label="Export" busy={busy} disabledReason={nothing} />
        }
      >
        {exports.map(({ label, run }) => (
          <MenuItem key={label} onSelect={run}>
            {label}
          </MenuItem>
        ))}
      </Menu>
    </>
  )
}
