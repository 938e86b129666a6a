import { useQueryClient } from '@tanstack/react-query'
import { Upload } from 'lucide-react'
import type { Algorithm } from '../../clouds/algorithms.ts'
import type { Capabilities } from '../../clouds/capabilities.ts'
import type { Cloud } from '../../clouds/cloud.ts'
import { queries } from '../../clouds/queries.ts'
import { formatNumber } from '../../lib/numbers.ts'
import { Badge } from '../../ui/Badge.tsx'
import { RadioCards } from '../../ui/RadioCards.tsx'
import { RadioRows } from '../../ui/RadioRows.tsx'
import { ErrorNote, RetryButton } from '../shared/Failure.tsx'
import { PageCommands } from '../shared/PageCommands.tsx'
import { adviceFor } from './advice.ts'
import { algorithmOf, algorithmsFor, allowsExternal, importRefusal, purposeOf, purposesOf } from './draft.ts'
import { Choice, HintedCheckbox, refusalText } from './fields.tsx'
import { purposeLabels } from './labels.ts'
import { StoreChoice } from './StoreChoice.tsx'
import type { Wizard } from './use-wizard.ts'

interface Column {
  readonly head: string
  readonly cell: (algorithm: Algorithm) => string | boolean
}

const maxInputOf = ({ can, maxPlaintext }: Algorithm) => (can.includes('encrypt') ? maxPlaintext : undefined)

const maxInput: Column = {
  head: 'Max. input',
  cell(algorithm) {
    const max = maxInputOf(algorithm)
    return max === undefined ? false : `${formatNumber(max)} B`
  },
}
const imported: Column = { head: 'Import', cell: ({ importable }) => importable }
const publicKey: Column = { head: 'Public key', cell: (algorithm) => algorithm.publicKey }

/** Columns that tell the algorithms apart. */
const columnsFor = (algorithms: readonly Algorithm[], { imports }: Capabilities): readonly Column[] =>
  [maxInput, ...(imports ? [imported] : []), publicKey].filter(({ cell }) => new Set(algorithms.map(cell)).size > 1)

interface PurposeFieldsProps {
  readonly wizard: Wizard
  readonly cloud: Cloud
}

/** Purpose, algorithm and the origin of the material. */
export function PurposeFields({ wizard, cloud }: PurposeFieldsProps) {
  const { draft, set, refusal } = wizard
  const { capabilities } = cloud
  const purposes = purposesOf(capabilities)
  const purpose = purposeOf(draft, capabilities)
  const algorithms = algorithmsFor(draft, capabilities)
  const columns = columnsFor(algorithms, capabilities)
  const refused = refusalText(refusal, 'type')
  return (
    <>
      {purposes.length > 1 ? (
        <RadioCards
          label="Purpose"
          cards={purposes.map((one) => ({ value: one, ...purposeLabels[one] }))}
          value={purpose}
          onChange={(one) => set('purpose', one)}
        />
      ) : null}
      {algorithms.length > 1 || refused !== undefined ? (
        <Choice error={refused}>
          <RadioRows
            label="Algorithm"
            columns={columns.map(({ head }) => head)}
            rows={algorithms.map((algorithm) => ({
              value: algorithm.name,
              title: capabilities.typeOf(algorithm),
              text: adviceFor(algorithm),
              badge: algorithm.recommended ? <Badge tone="accent">Recommended</Badge> : null,
              cells: columns.map(({ cell }) => cell(algorithm)),
            }))}
            value={algorithmOf(draft, capabilities)?.name}
            onChange={(name) => set('types', { ...draft.types, [purpose]: name })}
          />
        </Choice>
      ) : null}
      <OfferNote wizard={wizard} cloud={cloud} />
      <ImportChoice wizard={wizard} cloud={cloud} />
      {allowsExternal(draft, capabilities) ? <StoreChoice wizard={wizard} cloud={cloud} /> : null}
    </>
  )
}

/** Why the location does not offer every kind of key, or that it is not known. */
function OfferNote({ wizard: { draft, keys, isPartialOffer, failedList, location }, cloud }: PurposeFieldsProps) {
  const { capabilities } = cloud
  const { locationNoun, typeOf } = capabilities
  const only = algorithmOf(draft, capabilities)
  if (isPartialOffer && only)
    return (
      <p className="text-fg-muted text-xs">
        {keys.length === 0
          ? `This ${locationNoun} lists no key, which would tell its key types. Create an ${typeOf(only)} key first.`
          : `This ${locationNoun} does not offer asymmetric keys yet.`}
      </p>
    )
  if (!capabilities.algorithmsIn || !failedList) return null
  return (
    <div className="grid justify-items-start gap-3">
      <ErrorNote error={failedList.error} title={`The key types of ${location} could not be read.`} />
      <RetryButton retrying={failedList.isFetching} onRetry={() => void failedList.refetch()} />
    </div>
  )
}

/** Choice to import key material, where the provider supports it. It adds a page. */
function ImportChoice({ wizard: { draft, location, material }, cloud }: PurposeFieldsProps) {
  const client = useQueryClient()
  if (!cloud.wrappingKey || !cloud.capabilities.imports || location === undefined) return null
  const { chosen, start, stop } = material
  const refusal = importRefusal(draft, cloud.capabilities)
  const choose = (wanted: boolean) => {
    if (!wanted) return stop()
    // Creating the wrapping key takes a moment, and the next page needs it.
    void client.prefetchQuery(queries.wrappingKey(cloud.id, location))
    start()
  }
  const label = 'Import key material'
  return (
    <>
      <HintedCheckbox
        label={label}
        hint="The next page shows how to wrap your key for the import."
        checked={chosen !== undefined}
        disabledReason={refusal}
        onChange={choose}
      />
      <PageCommands
        commands={[
          {
            label: chosen ? 'Don’t import key material' : label,
            icon: Upload,
            run: () => choose(chosen === undefined),
            disabledReason: refusal,
            keywords: 'bring your own key byok',
          },
        ]}
      />
    </>
  )
}
