import { Copy, Download } from 'lucide-react'
import { Button } from '../../ui/Button.tsx'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { PageActions } from '../parts/PageActions.tsx'
import { useCopy } from '../parts/use-copy.ts'

interface OutButtonsProps {
  /** "ciphertext" */
  readonly noun: string
  /** As it is shown, which is what is copied. */
  readonly text: string
  readonly onSave: () => void
}

/** Takes along what came out. */
export function OutButtons({ noun, text, onSave }: OutButtonsProps) {
  const copy = useCopy()
  const saving = `Download ${noun}`
  return (
    <>
      <CopyButton text={text} label={`Copy ${noun}`} className="size-7" />
      <Button variant="ghost" size="sm" iconOnly icon={Download} aria-label={saving} onClick={onSave} />
      <PageActions
        of={[
          { label: `Copy ${noun}`, icon: Copy, act: () => copy(noun, text) },
          { label: saving, icon: Download, act: onSave },
        ]}
      />
    </>
  )
}
