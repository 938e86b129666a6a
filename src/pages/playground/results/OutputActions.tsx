import { Download } from 'lucide-react'
import { Button } from '../../../ui/Button.tsx'
import { PageActions } from '../../parts/PageActions.tsx'
import { PageCopy } from '../../parts/PageCopy.tsx'

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
      <PageCopy text={text} what={noun} className="size-7" />
      <Button variant="ghost" size="sm" iconOnly icon={Download} aria-label={saving} onClick={onSave} />
      <PageActions of={[{ label: saving, icon: Download, act: onSave }]} />
    </>
  )
}
