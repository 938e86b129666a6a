import { codeOf } from '../../clouds/code-registry.ts'
import type { KmsKey } from '../../clouds/model.ts'
import type { Snippet } from '../../clouds/snippet.ts'
import { useSearchParams } from '../../router/react.tsx'
import { Field } from '../../ui/Field.tsx'
import { Select } from '../../ui/Select.tsx'
import { PageCodePanel } from '../shared/PageCodePanel.tsx'
import { type CodeOperation, codeOperations } from './code-operations.ts'

const samplesOf = (snippets: readonly Snippet[]) => snippets.map((snippet) => ({ id: snippet.label, ...snippet }))

const footerOf = ({ note, refusal }: CodeOperation) =>
  [refusal && `Not possible now: ${refusal}`, note, 'Credentials are read from the environment.']
    .filter(Boolean)
    .join(' ')

/** Selected operation, `op` in the URL; the first is omitted there. */
function useChoice(choices: readonly CodeOperation[]) {
  const [params, setParams] = useSearchParams()
  const [first] = choices
  const chosen = choices.find(({ id }) => id === params.get('op')) ?? first
  const choose = (id: string) => {
    const changed = new URLSearchParams(params)
    if (id === first?.id) changed.delete('op')
    else changed.set('op', id)
    setParams(changed, { replace: true })
  }
  return [chosen, choose] as const
}

/** Code for this key: requests, and infrastructure as code. */
export function CodeTab({ kmsKey: key }: { kmsKey: KmsKey }) {
  const choices = codeOperations(key)
  const [chosen, choose] = useChoice(choices)
  const { resource, withoutResource } = codeOf(key.cloud)
  const missing = withoutResource?.(key)
  if (!chosen) return null
  return (
    <div className="grid max-w-220 grid-cols-[minmax(0,1fr)] gap-7">
      <section aria-label="Requests" className="grid grid-cols-[minmax(0,1fr)] gap-3">
        <Field label="Operation" className="max-w-72">
          {(control) => (
            <Select
              {...control}
              options={choices.map(({ id, label }) => ({ value: id, label }))}
              value={chosen.id}
              onChange={choose}
              className="w-full"
            />
          )}
        </Field>
        <PageCodePanel
          label={`Code to ${chosen.label.toLowerCase()}`}
          samples={samplesOf(chosen.snippets)}
          footer={footerOf(chosen)}
        />
      </section>
      <section aria-labelledby="infrastructure-code" className="grid grid-cols-[minmax(0,1fr)] gap-3">
        <div>
          <h2 id="infrastructure-code" className="title">
            Infrastructure code
          </h2>
          <p className="max-w-(--measure) text-fg-muted">
            {missing ??
              'The resource describes this key. The import line adds the existing key to the Terraform state.'}
          </p>
        </div>
        {missing === undefined && <PageCodePanel label="Infrastructure code" samples={samplesOf(resource(key))} />}
      </section>
    </div>
  )
}
