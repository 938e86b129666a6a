import type { Algorithm } from '../../clouds/algorithms.ts'
import type { Capabilities } from '../../clouds/cloud.ts'
import { formatNumber } from '../../lib/numbers.ts'
import { Badge } from '../../ui/Badge.tsx'
import { RadioCards } from '../../ui/RadioCards.tsx'
import { RadioRows } from '../../ui/RadioRows.tsx'
import { algorithmOf, algorithmsFor, purposeOf, purposesOf } from './draft.ts'
import { ChoiceError, PermanentNote } from './FieldNotes.tsx'
import { ImportPanel } from './ImportPanel.tsx'
import { hasSingleAlgorithm, purposeLabels } from './labels.ts'
import type { Wizard } from './use-wizard.ts'

interface Column {
  readonly head: string
  readonly cell: (algorithm: Algorithm) => string | boolean
}

const bytes = ({ maxPlaintext }: Algorithm) => (maxPlaintext === undefined ? false : `${formatNumber(maxPlaintext)} B`)

const limit: Column = { head: 'Direct limit', cell: bytes }
const capabilities: readonly Column[] = [
  { head: 'Rotation', cell: () => true },
  { head: 'Import', cell: ({ importable }) => importable },
  { head: 'Public key', cell: ({ publicKey }) => publicKey },
]

/** With a single kind there is nothing to compare. */
function columnsFor(traits: Capabilities, algorithms: readonly Algorithm[]): readonly Column[] {
  if (hasSingleAlgorithm(traits)) return []
  return algorithms.some(({ maxPlaintext }) => maxPlaintext !== undefined) ? [limit, ...capabilities] : capabilities
}

/** What the key is for, then the algorithm. */
export function PurposeStep(wizard: Wizard) {
  const { draft, set, cloud, refusal } = wizard
  if (!cloud) return null
  const { capabilities: traits } = cloud
  const purpose = purposeOf(draft, traits)
  const algorithms = algorithmsFor(draft, traits)
  const columns = columnsFor(traits, algorithms)
  const only = hasSingleAlgorithm(traits)
  const refused = refusal?.field === 'type' ? `${refusal.message} ${refusal.advice}` : undefined
  return (
    <div className="grid gap-6">
      <RadioCards
        label="Purpose"
        cards={purposesOf(traits).map((one) => ({ value: one, ...purposeLabels[one] }))}
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
            title: traits.typeOf(algorithm),
            text: only ? `AES-${algorithm.bits} in GCM, the one kind of key in ${cloud.longName}.` : algorithm.advice,
            badge: algorithm.recommended && !only ? <Badge tone="accent">Recommended</Badge> : null,
            cells: columns.map(({ cell }) => cell(algorithm)),
          }))}
          value={algorithmOf(draft, traits)?.name}
          onChange={(name) => set('types', { ...draft.types, [purpose]: name })}
        />
        {refused === undefined ? null : <ChoiceError>{refused}</ChoiceError>}
      </div>
      <ImportPanel {...wizard} />
    </div>
  )
}
