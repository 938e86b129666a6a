import { FileInput } from 'lucide-react'
import { useRef } from 'react'
import type { Algorithm } from '../../clouds/algorithms.ts'
import type { ImportCapabilities } from '../../clouds/capabilities.ts'
import { formatNumber } from '../../lib/numbers.ts'
import { Banner } from '../../ui/Banner.tsx'
import { Button } from '../../ui/Button.tsx'
import { Field } from '../../ui/Field.tsx'
import { LiveRegion } from '../../ui/LiveRegion.tsx'
import { Select } from '../../ui/Select.tsx'
import { Textarea } from '../../ui/Textarea.tsx'
import { PageCodePanel } from '../shared/PageCodePanel.tsx'
import { PageCommands } from '../shared/PageCommands.tsx'
import { algorithmOf, type MaterialDraft } from './draft.ts'
import { HintedCheckbox, refusalText } from './fields.tsx'
import type { ImportState } from './use-import.ts'
import type { Wizard } from './use-wizard.ts'
import { WrappingKeyPanel } from './WrappingKeyPanel.tsx'
import { type Source, wrapCommands } from './wrap-commands.ts'

const sources: readonly { readonly id: Source; readonly label: string }[] = [
  { id: 'own', label: 'A key you have' },
  { id: 'new', label: 'A new key' },
]

function Commands({ algorithm, hash }: { algorithm: Algorithm; hash: string }) {
  return (
    <section aria-labelledby="wrap-offline" className="grid min-w-0 gap-1.5">
      <h3 id="wrap-offline" className="font-medium">
        Wrap the key offline
      </h3>
      <PageCodePanel
        label="What is wrapped"
        samples={sources.map(({ id, label }) => ({
          id,
          label,
          language: 'shell',
          code: wrapCommands(algorithm, hash, id),
        }))}
        footer="Needs OpenSSL 3. Use a machine with no other users: its process list shows the one-time key during step 3."
      />
    </section>
  )
}

interface HashFieldProps {
  readonly imports: ImportCapabilities
  readonly chosen: MaterialDraft
  readonly onChange: (hash: string) => void
}

const HashField = ({ imports, chosen, onChange }: HashFieldProps) => (
  <Field label="Hash function" hint="For RSA-OAEP in step 4 of the commands.">
    {(control) => (
      <Select
        {...control}
        mono
        className="w-full max-w-60"
        options={imports.hashes.map((hash) => ({
          value: hash,
          label: hash,
          hint: hash === imports.defaultHash ? 'Default' : undefined,
        }))}
        value={chosen.hash}
        onChange={onChange}
      />
    )}
  </Field>
)

/** Imported key material: the wrapping key, the commands that wrap with it, and the result. */
export function MaterialStep({ draft, cloud, location, material, errors, refusal }: Wizard) {
  const { chosen, change, problem, text } = material
  const algorithm = cloud && algorithmOf(draft, cloud.capabilities)
  if (!cloud?.capabilities.imports || !algorithm || !chosen || location === undefined) return null
  const type = cloud.capabilities.typeOf(algorithm)
  return (
    <div className="grid min-w-0 gap-[18px]">
      {chosen.given && text === '' ? (
        <Banner tone="info" title="Enter the wrapped material again.">
          A reload keeps the draft without key material.
        </Banner>
      ) : null}
      <WrappingKeyPanel cloud={cloud} location={location} />
      <HashField imports={cloud.capabilities.imports} chosen={chosen} onChange={(hash) => change({ hash })} />
      <Commands algorithm={algorithm} hash={chosen.hash} />
      <MaterialField
        material={material}
        type={type}
        error={refusalText(refusal, 'material') ?? problem ?? errors.material}
      />
      <HintedCheckbox
        label="Allow rotation"
        hint={`${cloud.name} generates the material of new versions. Without this, the key never rotates.`}
        checked={chosen.allowRotation}
        onChange={(allowRotation) => change({ allowRotation })}
      />
    </div>
  )
}

interface MaterialFieldProps {
  readonly material: ImportState
  readonly type: string
  readonly error: string | undefined
}

/** Field for pasted, dropped or chosen wrapped material. Autofill and password managers are told to ignore it. */
function MaterialField({ material, type, error }: MaterialFieldProps) {
  const input = useRef<HTMLInputElement>(null)
  const { ready, text, problem, give, giveFile, leave } = material
  const choose = () => input.current?.click()
  const take = (file: File | undefined) => {
    if (file) void giveFile(file)
  }
  const fits = ready && `${formatNumber(ready.bytes)} bytes, the size of a wrapped ${type} key.`
  return (
    <div className="grid justify-items-start gap-2">
      <Field
        label="Wrapped material"
        error={error}
        hint={fits ?? 'Paste import.b64, drop it here or choose it. It is not stored.'}
        className="w-full"
      >
        {(control) => (
          <Textarea
            {...control}
            mono
            rows={6}
            required
            spellCheck={false}
            autoCorrect="off"
            autoCapitalize="off"
            data-1p-ignore
            data-lpignore="true"
            data-bwignore
            value={text}
            onChange={({ target }) => give(target.value)}
            onBlur={leave}
            onDragOver={(event) => {
              if (event.dataTransfer.types.includes('Files')) event.preventDefault()
            }}
            onDrop={(event) => {
              const [file] = event.dataTransfer.files
              if (!file) return
              event.preventDefault()
              take(file)
            }}
          />
        )}
      </Field>
      <Button icon={FileInput} onClick={choose}>
        Choose file
      </Button>
      <PageCommands commands={[{ label: 'Choose file', icon: FileInput, run: choose, keywords: 'wrapped material' }]} />
      <input
        ref={input}
        type="file"
        hidden
        aria-label="File with wrapped material"
        onChange={({ target }) => {
          take(target.files?.[0])
          // Choosing the same file again fires another change event.
          target.value = ''
        }}
      />
      <LiveRegion urgent={problem !== undefined}>{problem ?? (error === undefined ? fits : '') ?? ''}</LiveRegion>
    </div>
  )
}
