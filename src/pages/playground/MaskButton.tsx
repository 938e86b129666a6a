import { Eye, EyeOff } from 'lucide-react'
import { Button } from '../../ui/Button.tsx'

export function MaskButton({ masked, onMask }: { masked: boolean; onMask: (masked: boolean) => void }) {
  return (
    <Button
      variant="ghost"
      size="sm"
      iconOnly
      icon={masked ? Eye : EyeOff}
      aria-label={masked ? 'Show plaintext' : 'Mask plaintext'}
      onClick={() => onMask(!masked)}
    />
  )
}
