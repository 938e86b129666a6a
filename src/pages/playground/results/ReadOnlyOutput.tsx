import { Download, Eye, EyeOff } from 'lucide-react'
import type { ReactNode } from 'react'
import type { KmsKey } from '../../../clouds/model.ts'
import { download } from '../../../lib/download.ts'
import { Button } from '../../../ui/Button.tsx'
import { cx } from '../../../ui/classes.ts'
import { PageCommands } from '../../shared/PageCommands.tsx'
import { PageCopyButton } from '../../shared/PageCopyButton.tsx'
import { areaClass } from '../../shared/Pane.tsx'

/** Stands in the place of a plaintext, always as long, so that the length stays hidden too. */
export const MASKED = '•'.repeat(24)

interface ReadOnlyOutputProps {
  readonly label: string
  /** Shown while there is no result. */
  readonly empty?: string
  readonly children?: ReactNode
  /** Whether other results stand beside it in the pane. */
  readonly short?: boolean
}

/** Text box that can set parts of its text apart, unlike a textarea; Tab reaches it, so that a long text can be scrolled. */
const readOnlyTextbox = (label: string) =>
  ({ role: 'textbox', 'aria-label': label, 'aria-readonly': true, 'aria-multiline': true, tabIndex: 0 }) as const

/** Result to read and select. */
export function ReadOnlyOutput({ label, empty, children, short = false }: ReadOnlyOutputProps) {
  return (
    <div
      {...readOnlyTextbox(label)}
      className={cx(
        areaClass(short ? 'short' : 'tall'),
        'max-h-[60vh] overflow-y-auto whitespace-pre-wrap bg-sunken text-fg-muted',
      )}
    >
      {children ?? <span className="font-sans text-fg-subtle text-sm">{empty}</span>}
    </div>
  )
}

interface OutputActionsProps {
  /** "ciphertext" */
  readonly noun: string
  /** Text to copy: the result as it is shown. */
  readonly text: string
  readonly selectedKey: KmsKey | undefined
  /** End of the file name, after the key's slug or id: "plaintext.txt". */
  readonly fileSuffix: string
  /** Content of the file. */
  readonly content: string | Uint8Array<ArrayBuffer>
}

/** Buttons and commands that copy a result and save it as a file. */
export function OutputActions({ noun, text, selectedKey, fileSuffix, content }: OutputActionsProps) {
  const label = `Download ${noun}`
  const stem = selectedKey?.slug ?? selectedKey?.id ?? ''
  const save = () => download(`${stem}.${fileSuffix}`, content)
  return (
    <>
      <PageCopyButton text={text} what={noun} className="size-7" />
      <Button variant="ghost" size="sm" iconOnly icon={Download} aria-label={label} onClick={save} />
      <PageCommands commands={[{ label, icon: Download, run: save }]} />
    </>
  )
}

export function MaskButton({ masked, onMask }: { masked: boolean; onMask: (masked: boolean) => void }) {
  const label = masked ? 'Show plaintext' : 'Mask plaintext'
  const icon = masked ? Eye : EyeOff
  const toggle = () => onMask(!masked)
  return (
    <>
      <Button variant="ghost" size="sm" iconOnly icon={icon} aria-label={label} onClick={toggle} />
      <PageCommands commands={[{ label, icon, run: toggle, keywords: 'hide' }]} />
    </>
  )
}
