import { Columns3, Download } from 'lucide-react'
import { useState } from 'react'
import { download } from '../../lib/download.ts'
import { count } from '../../lib/numbers.ts'
import { inSlices } from '../../lib/sliced.ts'
import { Button } from '../../ui/Button.tsx'
import { Menu, MenuItem, MenuSeparator } from '../../ui/Menu.tsx'
import { MenuCheckbox } from '../../ui/MenuCheckbox.tsx'
import { useToast } from '../../ui/Toast.tsx'
import { csvOf, type ExportFormat, exportName, jsonOf } from './export-rows.ts'
import type { KeyRow } from './key-rows.ts'
import { columnNames } from './keys-view.ts'
import { type Columns, hideable } from './use-columns.ts'

export interface ListMenusProps {
  columns: Columns
  /** All that the search and the filters leave. */
  rows: readonly KeyRow[]
  /** Cards have no columns. */
  narrow: boolean
}

const formats = { csv: csvOf, json: jsonOf }

/** Which columns are shown, and the list as a file. */
export function ListMenus({ columns, rows, narrow }: ListMenusProps) {
  const toast = useToast()
  const [busy, setBusy] = useState(false)
  const many = count(rows.length, 'key')

  async function save(format: ExportFormat) {
    setBusy(true)
    const parts = await inSlices(formats[format](rows, columns.hidden), new AbortController().signal)
    const name = exportName(format, Date.now())
    download(name, parts.join(''))
    setBusy(false)
    toast.success(`Exported ${many}.`, { text: `Saved as ${name}.` })
  }

  return (
    <>
      {narrow ? null : (
        <Menu trigger={<Button iconOnly variant="ghost" icon={Columns3} aria-label="Columns" />}>
          {hideable.map((id) => (
            <MenuCheckbox
              key={id}
              label={columnNames[id]}
              checked={!columns.hidden.has(id)}
              onChange={(on) => columns.show(id, on)}
            />
          ))}
          <MenuSeparator />
          <MenuItem reason={columns.hidden.size === 0 ? 'All are shown.' : undefined} onSelect={columns.reset}>
            Reset columns
          </MenuItem>
        </Menu>
      )}
      <Menu
        trigger={
          <Button
            iconOnly
            variant="ghost"
            icon={Download}
            aria-label="Export"
            busy={busy}
            reason={rows.length === 0 ? 'There is nothing to export.' : undefined}
          />
        }
      >
        <MenuItem onSelect={() => void save('csv')}>Export {many} as CSV</MenuItem>
        <MenuItem onSelect={() => void save('json')}>Export {many} as JSON</MenuItem>
      </Menu>
    </>
  )
}
