import { useId } from 'react'
import type { KmsKey } from '../../../clouds/model.ts'
import { Checkbox } from '../../../ui/Checkbox.tsx'
import { Code } from '../../../ui/Code.tsx'
import { Select } from '../../../ui/Select.tsx'
import { effectiveHash, hashesOf } from '../hashing.ts'

interface HashFieldProps {
  readonly of: KmsKey
  readonly hash: string | undefined
  readonly onHash: (hash: string) => void
  readonly prehashed?: boolean
  /** Absent where the operation takes no digests. */
  readonly onPrehashed?: (prehashed: boolean) => void
}

/** Hash of the message: a choice, or the one that the key’s type fixes. Nothing where the scheme has its own. */
export function HashField({ of: key, hash, onHash, prehashed = false, onPrehashed }: HashFieldProps) {
  const id = useId()
  const hashes = hashesOf(key)
  const used = effectiveHash(hash, key)
  if (!used) return null
  return (
    <div className="flex flex-wrap items-center gap-x-5 gap-y-2 border-line border-t px-3.5 py-2.5 max-sm:px-(--gutter)">
      <div className="flex items-center gap-2 max-sm:w-full">
        {hashes.length > 1 ? (
          <>
            <label htmlFor={id} className="font-medium">
              Hash algorithm
            </label>
            <Select
              id={id}
              size="md"
              mono
              options={hashes.map(({ name }) => ({ value: name, label: name }))}
              value={used.name}
              onChange={onHash}
              className="max-sm:flex-1"
            />
          </>
        ) : (
          <>
            <span className="font-medium">Hash algorithm</span> <Code>{used.name}</Code>
            <span className="text-fg-subtle">fixed by the key’s type</span>
          </>
        )}
      </div>
      {onPrehashed && (
        <Checkbox
          checked={prehashed}
          onChange={onPrehashed}
          label="Prehashed"
          hint={
            prehashed
              ? `The ${used.bytes} bytes of its digest are signed as they are.`
              : 'Sign a digest made elsewhere.'
          }
        />
      )}
    </div>
  )
}
