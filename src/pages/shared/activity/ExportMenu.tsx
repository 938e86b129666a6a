import { Download } from 'lucide-react'
import { currentTime } from '../../../lib/current-time.ts'
import { formatDateTime } from '../../../lib/dates.ts'
import { download } from '../../../lib/download.ts'
import { count } from '../../../lib/numbers.ts'
import { Button } from '../../../ui/Button.tsx'
import { Menu, MenuItem } from '../../../ui/Menu.tsx'
import { useToast } from '../../../ui/Toast.tsx'
import { PageCommands } from '../PageCommands.tsx'
import { csvOf, jsonOf } from './export-events.ts'
import type { ActivityRow } from './rows.ts'

const formats = { csv: csvOf, json: jsonOf }

interface ExportMenuProps {
  /** What search and filters leave. */
  rows: readonly ActivityRow[]
  /** Older operations than this may not be read yet; infinite where a log could not be read, negative where all are. */
  completeSince: number
}

/** The list as a file. */
export function ExportMenu({ rows, completeSince }: ExportMenuProps) {
  const toast = useToast()
  const many = count(rows.length, 'operation')
  const nothing = rows.length === 0 ? 'There is nothing to export.' : undefined

  function save(format: keyof typeof formats) {
    const now = currentTime()
    const name = `kms-activity-${new Date(now).toISOString().slice(0, 10)}.${format}`
    download(name, formats[format](rows))
    const missing = Number.isFinite(completeSince)
      ? ` Operations before ${formatDateTime(completeSince)} may be missing: load more first.`
      : completeSince > 0
        ? ' An audit log could not be read.'
        : ''
    toast.success(`Exported ${many}.`, { text: `Saved as ${name}.${missing}` })
  }

  const exports = (['csv', 'json'] as const).map((format) => ({
    label: `Export ${many} as ${format.toUpperCase()}`,
    icon: Download,
    run: () => save(format),
  }))
  return (
    <>
      <PageCommands commands={exports.map((one) => ({ ...one, keywords: 'download save', disabledReason: nothing }))} />
      <Menu trigger={<Button iconOnly variant="ghost" icon={Download} aria-label="Export" disabledReason={nothing} />}>
        {exports.map(({ label, run }) => (
          <MenuItem key={label} onSelect={run}>
            {label}
          </MenuItem>
        ))}
      </Menu>
    </>
  )
}
