import { formatNumber } from '../../../lib/numbers.ts'
import { Figure } from '../../shared/Pane.tsx'
import { ciphertextBytes } from '../inspect/ciphertext.ts'

/** Bytes of a ciphertext that goes in, or characters while it can't be read. */
export function CiphertextSize({ ciphertext }: { ciphertext: string }) {
  const size = ciphertextBytes(ciphertext)?.length
  if (ciphertext === '') return null
  return (
    <span>
      <Figure>{formatNumber(size ?? ciphertext.length)}</Figure> {size === undefined ? 'characters' : 'bytes'}
    </span>
  )
}
