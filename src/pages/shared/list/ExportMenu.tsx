import { Download } from 'lucide-react'
import { useState } from 'react'
import { currentTime } from '../../../lib/current-time.ts'
import { download } from '../../../lib/download.ts'
import { count } from '../../../lib/numbers.ts'
import { Button } from '../../../ui/Button.tsx'
import { Menu, MenuItem } from '../../../ui/Menu.tsx'
import { useToast } from '../../../ui/Toast.tsx'
import { PageCommands } from '../PageCommands.tsx'

const formats = ['csv', 'json'] as const
export type ExportFormat = (typeof formats)[number]

interface ExportMenuProps {
  /** Singular of what is listed: `key`. */
  noun: string
  /** How many of them search and filters leave. */
  shown: number
  /** Begins the name of the file; the day in UTC follows. */
  fileName: string
  contentOf: (format: ExportFormat) => Promise<string>
  /** What may be missing, as a sentence. */
  note?: string
}

/** What a list shows as a file. */
export function ExportMenu({ noun, shown, fileName, contentOf, note = '' }: ExportMenuProps) {
  const toast = useToast()
  const [busy, setBusy] = useState(false)
  const many = count(shown, noun)
  const nothing = shown === 0 ? 'There is nothing to export.' : undefined

  async function save(format: ExportFormat) {
    setBusy(true)
    const name = `${fileName}-${new Date(currentTime()).toISOString().slice(0, 10)}.${format}`
    download(name, await contentOf(format))
    setBusy(false)
    toast.success(`Exported ${many}.`, { text: `Saved as ${name}. ${note}`.trim() })
  }

  const exports = formats.map((format) => ({
    label: `Export ${many} as ${format.toUpperCase()}`,
    icon: Download,
    keywords: 'download save',
    disabledReason: busy ? 'The export is running.' : nothing,
    run: () => void save(format),
  }))
  return (
    <>
      <PageCommands commands={exports} />
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
