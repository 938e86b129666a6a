import { Download, Eraser, Eye, EyeOff } from 'lucide-react'
import { useCallback, useEffect, useState } from 'react'
import type { KmsKey } from '../../clouds/model.ts'
import type { OperationAnswers } from '../../clouds/operations.ts'
import { currentTime } from '../../lib/current-time.ts'
import { formatTime } from '../../lib/dates.ts'
import { download } from '../../lib/download.ts'
import { Button } from '../../ui/Button.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { usePageHide } from '../../ui/use-page-hide.ts'
import { PageCommands } from '../shared/PageCommands.tsx'
import { PageCopyButton } from '../shared/PageCopyButton.tsx'
import { formatMaterial, isPem, keyFileName } from './material-format.ts'
import { ReadOnlyText } from './ReadOnlyText.tsx'
import { commandGroup } from './use-key-page-commands.ts'

type ExportedKeyMaterial = OperationAnswers['export'] & {
  /** End of its lifetime; milliseconds since the epoch. */
  readonly until: number
}

const LIFETIME_MS = 5 * 60_000

/** Exported material in component state: cleared on unmount, on leaving the page, on request and after five minutes. */
export function useExportedMaterial() {
  const [exported, setExported] = useState<ExportedKeyMaterial>()
  const clear = useCallback(() => setExported(undefined), [])
  const keep = (answer: OperationAnswers['export']) => setExported({ ...answer, until: currentTime() + LIFETIME_MS })
  useEffect(() => {
    if (!exported) return
    const timer = setTimeout(clear, Math.max(0, exported.until - currentTime()))
    return () => clearTimeout(timer)
  }, [exported, clear])
  usePageHide(clear)
  return { exported, keep, clear }
}

interface ExportedMaterialProps {
  kmsKey: KmsKey
  exported: ExportedKeyMaterial
  onClear: () => void
}

/** Constant length, which hides the length of the material too. */
const MASK = '•'.repeat(24)

export function ExportedMaterial({ kmsKey: key, exported, onClear }: ExportedMaterialProps) {
  const [revealed, setRevealed] = useState(false)
  const { material, keyVersion, until } = exported
  const ending = isPem(material) ? '-private.pem' : '-material.b64'
  const shows = revealed
    ? { label: 'Mask', icon: EyeOff, run: () => setRevealed(false) }
    : { label: 'Reveal', icon: Eye, run: () => setRevealed(true) }
  const save = () => download(keyFileName(key, keyVersion, ending), material)
  return (
    <Panel
      className="print:hidden"
      title={`Key material of version ${keyVersion}`}
      sub={formatMaterial(material, key.type)}
      footer={
        <>
          <Button size="sm" icon={shows.icon} onClick={shows.run}>
            {shows.label}
          </Button>
          <PageCopyButton text={material} what="key material" look="button" title={commandGroup(key)} />
          <Button size="sm" icon={Download} onClick={save}>
            Download
          </Button>
          <Button size="sm" icon={Eraser} onClick={onClear}>
            Clear
          </Button>
          <PageCommands
            title={commandGroup(key)}
            commands={[
              { ...shows, label: `${shows.label} key material` },
              { label: 'Download key material', icon: Download, run: save },
              { label: 'Clear key material', icon: Eraser, run: onClear },
            ]}
          />
        </>
      }
    >
      <ReadOnlyText label="Key material" className="max-h-[50vh]">
        {revealed ? material : MASK}
      </ReadOnlyText>
      <p className="mt-2.5 text-fg-subtle text-xs">
        Cleared at {formatTime(until)}, or when you leave this tab. What you copy stays on the clipboard, and a download
        on the disk: remove both when they have served.
      </p>
    </Panel>
  )
}
