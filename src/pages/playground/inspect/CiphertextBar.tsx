import type { KmsKey } from '../../../clouds/model.ts'
import { count, formatNumber } from '../../../lib/numbers.ts'
import { cx } from '../../../ui/classes.ts'
import { type ParsedCiphertext, partsOf, type VersionPrefix } from './parse-ciphertext.ts'

interface Segment {
  readonly name: string
  readonly text: string
  /** Share of the width; 0 for segments as wide as their text. */
  readonly weight: number
  readonly look: keyof typeof looks
  /** Text for screen readers. */
  readonly label: string
}

const looks = { prefix: 'text-fg bg-active', version: 'bg-accent-bg text-accent-fg', bytes: 'bg-active text-fg-muted' }

interface CiphertextBarProps {
  readonly ciphertext: ParsedCiphertext
  readonly versionPrefix: VersionPrefix
  readonly selectedKey: KmsKey | undefined
}

/** Segments as the selected key's type lays a ciphertext out; one body where that is not known. */
function segmentsOf({ ciphertext, versionPrefix, selectedKey: key }: CiphertextBarProps): Segment[] {
  const parts = partsOf(ciphertext, key) ?? [{ name: 'Body', bytes: ciphertext.bytes }]
  const { prefix } = versionPrefix
  const version = `v${versionPrefix.version}`
  return [
    { name: 'Prefix', text: prefix, weight: 0, look: 'prefix', label: prefix },
    { name: 'Version', text: version, weight: 0, look: 'version', label: version },
    ...parts.map(({ name, bytes: size }) => ({
      name,
      text: `${formatNumber(size)} B`,
      weight: size,
      look: 'bytes' as const,
      label: `${name.toLowerCase()} ${count(size, 'byte')}`,
    })),
  ]
}

/** Segments of a ciphertext side by side, the longer the wider. */
export function CiphertextBar(props: CiphertextBarProps) {
  const segments = segmentsOf(props)
  return (
    <div
      role="img"
      aria-label={`Pieces: ${segments.map(({ label }) => label).join(', ')}`}
      className="flex gap-0.5 overflow-hidden text-center"
    >
      {segments.map(({ name, text, weight, look }) => (
        <span
          key={name}
          className="min-w-14 max-sm:min-w-11"
          style={{ flex: `${weight} ${weight === 0 ? 0 : 1} auto` }}
        >
          <span
            className={cx(
              'block truncate rounded-xs border border-transparent px-1.5 font-medium font-mono text-xs/[30px] max-sm:px-1',
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
