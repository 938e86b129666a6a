import { RotateCw } from 'lucide-react'
import type { Cloud } from '../../clouds/cloud.ts'
import type { CloudConnection } from '../../clouds/gateway/wire.ts'
import type { Location } from '../../clouds/model.ts'
import { cloudOf } from '../../clouds/registry.ts'
import { capitalize } from '../../lib/capitalize.ts'
import { Button } from '../../ui/Button.tsx'
import { RadioCards } from '../../ui/RadioCards.tsx'
import { RadioRows } from '../../ui/RadioRows.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { CloudMark } from '../shared/CloudMark.tsx'
import { ErrorNote } from '../shared/Failure.tsx'
import { ChoiceError, PermanentNote } from './fields.tsx'
import { formatScope } from './labels.ts'
import type { Wizard } from './use-wizard.ts'

const connectionText = (connection: CloudConnection) =>
  [formatScope(connection), connection.mode === 'live' ? 'Live' : 'Local KMS'].filter(Boolean).join(', ')

const locationRow = ({ id, label, available, reason }: Location) => ({
  value: id,
  title: id,
  text: label,
  disabledReason: available
    ? undefined
    : [label && `${label}.`, reason ?? 'It is not available.'].filter(Boolean).join(' '),
})

interface LocationsProps {
  readonly cloud: Cloud
  readonly locations: Wizard['locations']
  readonly chosen: string | undefined
  readonly onChoose: (location: string) => void
  readonly error: string | undefined
}

function LocationChoice({ cloud, locations, chosen, onChoose, error }: LocationsProps) {
  const { data, error: failure, isFetching, refetch } = locations
  const word = cloud.capabilities.locationNoun
  if (failure && !data)
    return (
      <div className="grid justify-items-start gap-3">
        <ErrorNote error={failure} title={`The ${word}s of ${cloud.longName} could not be read.`} />
        <Button icon={RotateCw} busy={isFetching} onClick={refetch}>
          {isFetching ? 'Retrying' : 'Retry'}
        </Button>
      </div>
    )
  if (!data) return <LocationsSkeleton word={word} />
  if (data.length === 0)
    return (
      <p className="text-fg-muted">
        {cloud.longName} has no {word} for this organisation.
      </p>
    )
  return (
    <div data-wrong={error === undefined ? undefined : true}>
      <RadioRows
        label={capitalize(word)}
        note={<PermanentNote />}
        rows={data.map(locationRow)}
        value={chosen}
        onChange={onChoose}
      />
      {error === undefined ? null : <ChoiceError>{error}</ChoiceError>}
    </div>
  )
}

function LocationsSkeleton({ word }: { word: string }) {
  return (
    <div aria-busy="true">
      <span className="sr-only">Reading the {word}s</span>
      <div className="mt-6.5 grid overflow-hidden rounded-lg border border-line-strong">
        {['50%', '38%'].map((width) => (
          <span
            key={width}
            className="flex h-[55px] items-center border-line border-t px-3 first:h-[54px] first:border-t-0"
          >
            <Skeleton width={width} />
          </span>
        ))}
      </div>
    </div>
  )
}

/** Provider and location of the key. */
export function LocationStep({ connections, cloud, draft, set, errors, locations, location, refusal }: Wizard) {
  const refused = refusal?.field === 'location' ? `${refusal.message} ${refusal.advice}` : undefined
  return (
    <div className="grid gap-6">
      <div data-wrong={errors.cloud === undefined ? undefined : true}>
        <RadioCards
          label="Cloud"
          cards={connections.map((connection) => ({
            value: connection.id,
            title: cloudOf(connection.id).longName,
            mark: <CloudMark cloud={connection.id} />,
            text: connectionText(connection),
          }))}
          value={cloud?.id}
          onChange={(id) => set('cloud', id)}
        />
        {errors.cloud === undefined ? null : <ChoiceError>{errors.cloud}</ChoiceError>}
      </div>
      {cloud ? (
        <LocationChoice
          cloud={cloud}
          locations={locations}
          chosen={location}
          onChoose={(id) => set('locations', { ...draft.locations, [cloud.id]: id })}
          error={refused ?? errors.location}
        />
      ) : null}
    </div>
  )
}
