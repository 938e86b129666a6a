import { FileInput } from 'lucide-react'
import { useRef } from 'react'
import { formatNumber } from '../../lib/numbers.ts'
import { Button } from '../../ui/Button.tsx'
import { Field } from '../../ui/Field.tsx'
import { LiveRegion } from '../../ui/LiveRegion.tsx'
import { Textarea } from '../../ui/Textarea.tsx'
import { PageCommands } from '../shared/PageCommands.tsx'
import type { ImportState } from './use-import.ts'

interface MaterialFieldProps {
  readonly material: ImportState
  readonly type: string
  readonly error: string | undefined
}

/** Where the wrapped blob is pasted, dropped or chosen as a file. The browser is told to keep nothing of it. */
export function MaterialField({ material, type, error }: MaterialFieldProps) {
  const input = useRef<HTMLInputElement>(null)
  const { ready, text, problem, give, giveFile, leave } = material
  const choose = () => input.current?.click()
  const take = (file: File | undefined) => {
    if (file) void giveFile(file)
  }
  const fits = ready && `${formatNumber(ready.bytes)} bytes, as a wrapped ${type} key takes.`
  return (
    <div className="grid justify-items-start gap-2">
      <Field
        label="Wrapped material"
        error={error}
        hint={fits ?? 'Paste import.b64, drop it here or choose it. It stays in this page until the key is made.'}
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
          // The same file again is a change again.
          target.value = ''
        }}
      />
      <LiveRegion urgent={problem !== undefined}>{problem ?? (error === undefined ? fits : '') ?? ''}</LiveRegion>
    </div>
  )
}
