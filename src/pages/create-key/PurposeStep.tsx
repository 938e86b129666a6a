import { useQueryClient } from '@tanstack/react-query'
import { Upload } from 'lucide-react'
import type { Algorithm } from '../../clouds/algorithms.ts'
import type { Capabilities } from '../../clouds/capabilities.ts'
import { queries } from '../../clouds/queries.ts'
import { formatNumber } from '../../lib/numbers.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { cx } from '../../ui/classes.ts'
import { Icon } from '../../ui/Icon.tsx'
import { RadioCards } from '../../ui/RadioCards.tsx'
import { RadioRows } from '../../ui/RadioRows.tsx'
import { PageCommands } from '../shared/PageCommands.tsx'
import { algorithmOf, algorithmsFor, importRefusal, purposeOf, purposesOf } from './draft.ts'
import { ChoiceError, PermanentNote } from './fields.tsx'
import { hasSingleAlgorithm, purposeLabels } from './labels.ts'
import type { Wizard } from './use-wizard.ts'

interface Column {
  readonly head: string
  readonly cell: (algorithm: Algorithm) => string | boolean
}

const bytes = ({ maxPlaintext }: Algorithm) => (maxPlaintext === undefined ? false : `${formatNumber(maxPlaintext)} B`)

const limit: Column = { head: 'Direct limit', cell: bytes }
const properties: readonly Column[] = [
  { head: 'Rotation', cell: () => true },
  { head: 'Import', cell: ({ importable }) => importable },
  { head: 'Public key', cell: ({ publicKey }) => publicKey },
]

/** Columns that compare the algorithms; none where there is a single one. */
function columnsFor(capabilities: Capabilities, algorithms: readonly Algorithm[]): readonly Column[] {
  if (hasSingleAlgorithm(capabilities)) return []
  return algorithms.some(({ maxPlaintext }) => maxPlaintext !== undefined) ? [limit, ...properties] : properties
}

/** Purpose, then algorithm. */
export function PurposeStep(wizard: Wizard) {
  const { draft, set, cloud, refusal } = wizard
  if (!cloud) return null
  const { capabilities } = cloud
  const purpose = purposeOf(draft, capabilities)
  const algorithms = algorithmsFor(draft, capabilities)
  const columns = columnsFor(capabilities, algorithms)
  const only = hasSingleAlgorithm(capabilities)
  const refused = refusal?.field === 'type' ? `${refusal.message} ${refusal.advice}` : undefined
  return (
    <div className="grid gap-6">
      <RadioCards
        label="Purpose"
        cards={purposesOf(capabilities).map((one) => ({ value: one, ...purposeLabels[one] }))}
        value={purpose}
        onChange={(one) => set('purpose', one)}
      />
      <div data-wrong={refused === undefined ? undefined : true}>
        <RadioRows
          label="Algorithm"
          note={<PermanentNote />}
          columns={columns.map(({ head }) => head)}
          rows={algorithms.map((algorithm) => ({
            value: algorithm.name,
            title: capabilities.typeOf(algorithm),
            text: only ? `AES-${algorithm.bits} in GCM, the one kind of key in ${cloud.longName}.` : algorithm.advice,
            badge: algorithm.recommended && !only ? <Badge tone="accent">Recommended</Badge> : null,
            cells: columns.map(({ cell }) => cell(algorithm)),
          }))}
          value={algorithmOf(draft, capabilities)?.name}
          onChange={(name) => set('types', { ...draft.types, [purpose]: name })}
        />
        {refused === undefined ? null : <ChoiceError>{refused}</ChoiceError>}
      </div>
      <ImportPanel {...wizard} />
    </div>
  )
}

/** Choice to import key material, where the provider supports it. */
function ImportPanel({ draft, cloud, location, material, steps }: Wizard) {
  const client = useQueryClient()
  if (!cloud?.wrappingKey || !cloud.capabilities.imports || location === undefined) return null
  const { chosen, start, stop } = material
  const refusal = importRefusal(draft, cloud.capabilities)
  const text = chosen
    ? `Step ${steps.indexOf('material') + 1} asks for it, wrapped for ${location}.`
    : `Wrapped offline for ${location}; the raw bytes never come here.`
  const label = chosen ? 'Don’t import' : 'Import key material'
  const toggle = () => {
    if (chosen) return stop()
    // Creating the wrapping key takes a moment, and it is needed two steps later.
    void client.prefetchQuery(queries.wrappingKey(cloud.id, location))
    start()
  }
  return (
    <section
      aria-labelledby="own-material"
      className={cx(
        'flex items-center gap-3 rounded-lg border p-3.5 max-sm:flex-wrap',
        chosen ? 'border-accent-border bg-accent-bg' : 'border-line',
      )}
    >
      <Icon of={Upload} className="self-start text-fg-subtle" />
      <div className="min-w-0 flex-1 basis-44">
        <h3 id="own-material" className="font-medium">
          {chosen ? 'You bring your own key material' : 'Bring your own key material'}
        </h3>
        <p className="text-fg-muted text-xs">{refusal ?? text}</p>
      </div>
      <Button disabledReason={refusal} onClick={toggle}>
        {label}
      </Button>
      <PageCommands
        commands={[{ label, icon: Upload, run: toggle, disabledReason: refusal, keywords: 'bring your own key byok' }]}
      />
    </section>
  )
}
