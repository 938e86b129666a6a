import { Download } from 'lucide-react'
import { Button } from '../../../ui/Button.tsx'
import { PageCommands } from '../../shared/PageCommands.tsx'
import { PageCopyButton } from '../../shared/PageCopyButton.tsx'

interface OutputActionsProps {
  /** "ciphertext" */
  readonly noun: string
  /** As it is shown, which is what is copied. */
  readonly text: string
  readonly onSave: () => void
}

/** Takes along what came out. */
export function OutputActions({ noun, text, onSave }: OutputActionsProps) {
  const saving = `Download ${noun}`
  return (
    <>
      <PageCopyButton text={text} what={noun} className="size-7" />
      <Button variant="ghost" size="sm" iconOnly icon={Download} aria-label={saving} onClick={onSave} />
      <PageCommands commands={[{ label: saving, icon: Download, run: onSave }]} />
    </>
  )
}
