import { ciphertextFormatOf } from '../../../clouds/ciphertext-format.ts'
import type { KmsKey } from '../../../clouds/model.ts'
import { count, formatNumber } from '../../../lib/numbers.ts'
import { cx } from '../../../ui/classes.ts'
import type { ParsedCiphertext } from './parse-ciphertext.ts'

interface Piece {
  readonly name: string
  readonly text: string
  /** For its width. */
  readonly weight: number
  readonly look: 'word' | 'version' | 'bytes'
  readonly said: string
}

/** As the chosen key's type lays it out; one piece where that is not known. */
function piecesOf({ mark, bytes, clouds }: ParsedCiphertext, key: KmsKey | undefined): Piece[] {
  const layout = key && clouds.includes(key.cloud) ? ciphertextFormatOf(key.cloud).layout(key, bytes) : undefined
  const parts = layout && 'parts' in layout ? layout.parts : [{ name: mark ? 'Body' : 'Opaque', bytes }]
  return [
    ...(mark
      ? [
          { name: 'Prefix', text: mark.prefix, weight: 0, look: 'word' as const, said: mark.prefix },
          {
            name: 'Version',
            text: `v${mark.version}`,
            weight: 0,
            look: 'version' as const,
            said: `v${mark.version}`,
          },
        ]
      : []),
    ...parts.map(({ name, bytes: size }) => ({
      name,
      text: `${formatNumber(size)} B`,
      weight: size,
      look: 'bytes' as const,
      said: `${name.toLowerCase()} ${count(size, 'byte')}`,
    })),
  ]
}

const looks = { word: 'text-fg bg-active', version: 'bg-accent-bg text-accent-fg', bytes: 'bg-active text-fg-muted' }

/** The pieces of a ciphertext side by side, the longer the wider. */
export function CiphertextBar({ read, chosen }: { read: ParsedCiphertext; chosen: KmsKey | undefined }) {
  const pieces = piecesOf(read, chosen)
  return (
    <div
      role="img"
      aria-label={`Pieces: ${pieces.map(({ said }) => said).join(', ')}`}
      className="flex gap-0.5 overflow-hidden text-center"
    >
      {pieces.map(({ name, text, weight, look }) => (
        <span
          key={name}
          className="min-w-14 max-sm:min-w-11"
          style={{ flex: `${weight} ${weight === 0 ? 0 : 1} auto` }}
        >
          <span
            className={cx(
              'block truncate rounded-xs px-1.5 font-medium font-mono text-xs/[30px] max-sm:px-1',
              looks[look],
            )}
          >
            {text}
          </span>
          <span className="block truncate text-2xs text-fg-subtle">{name}</span>
        </span>
      ))}
    </div>
  )
}
