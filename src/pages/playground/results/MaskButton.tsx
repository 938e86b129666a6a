import { Eye, EyeOff } from 'lucide-react'
import { Button } from '../../../ui/Button.tsx'
import { PageCommands } from '../../shared/PageCommands.tsx'

export function MaskButton({ masked, onMask }: { masked: boolean; onMask: (masked: boolean) => void }) {
  const label = masked ? 'Show plaintext' : 'Mask plaintext'
  const icon = masked ? Eye : EyeOff
  const act = () => onMask(!masked)
  return (
    <>
      <Button variant="ghost" size="sm" iconOnly icon={icon} aria-label={label} onClick={act} />
      <PageCommands commands={[{ label, icon, run: act, keywords: 'hide' }]} />
    </>
  )
}
