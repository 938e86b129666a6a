import { useQuery } from '@tanstack/react-query'
import { RotateCw } from 'lucide-react'
import type { Cloud } from '../../clouds/cloud.ts'
import type { CloudConnection } from '../../clouds/gateway/wire.ts'
import type { Location } from '../../clouds/model.ts'
import { queries } from '../../clouds/queries.ts'
import { cloudOf } from '../../clouds/registry.ts'
import { capitalize } from '../../lib/capitalize.ts'
import { Button } from '../../ui/Button.tsx'
import { Field } from '../../ui/Field.tsx'
import { RadioCards } from '../../ui/RadioCards.tsx'
import { RadioRows } from '../../ui/RadioRows.tsx'
import { Select } from '../../ui/Select.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { CloudMark } from '../shared/CloudMark.tsx'
import { ErrorNote } from '../shared/Failure.tsx'
import { useProject } from '../use-project.ts'
import { Choice, refusalText } from './fields.tsx'
import { formatScope } from './labels.ts'
import { PurposeFields } from './PurposeFields.tsx'
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

function LocationChoice({ wizard, cloud }: { wizard: Wizard; cloud: Cloud }) {
  const { locations, location, draft, set, errors, refusal } = wizard
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
  const error = refusalText(refusal, 'location') ?? errors.location
  if (data.length === 1 && data[0]?.available && error === undefined) return null
  return (
    <Choice error={error}>
      <RadioRows
        label={capitalize(word)}
        rows={data.map(locationRow)}
        value={location}
        onChange={(id) => set('locations', { ...draft.locations, [cloud.id]: id })}
      />
    </Choice>
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

const ORGANISATION = ''

/** Owner of the key: the organisation or one of its projects. Nothing where the provider or the gateway leaves no choice. */
function ProjectChoice({ cloud, onChoose }: { cloud: Cloud; onChoose: (project: string | undefined) => void }) {
  const chosen = useProject()
  const projects = useQuery(queries.projects(cloud.id)).data?.items ?? []
  if (projects.length === 0) return null
  const value = projects.find(({ id, slug }) => chosen === id || chosen === slug)?.slug ?? ORGANISATION
  return (
    <Field label="Project">
      {(control) => (
        <Select
          {...control}
          className="w-full max-w-72"
          options={[
            { value: ORGANISATION, label: 'None (organisation)' },
            ...projects.map(({ slug, name }) => ({ value: slug, label: name })),
          ]}
          value={value}
          onChange={(slug) => onChoose(slug === ORGANISATION ? undefined : slug)}
        />
      )}
    </Field>
  )
}

/** Cloud, location, project, purpose and algorithm; a choice of one is not shown. */
export function WhereStep(wizard: Wizard) {
  const { connections, cloud, set, errors, session, chooseProject } = wizard
  const fixed = session.clouds.find(({ id }) => id === cloud?.id)?.project
  return (
    <div className="grid gap-6">
      {connections.length > 1 ? (
        <Choice error={errors.cloud}>
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
        </Choice>
      ) : null}
      {cloud ? (
        <>
          <LocationChoice wizard={wizard} cloud={cloud} />
          {cloud.projects && fixed === undefined ? <ProjectChoice cloud={cloud} onChoose={chooseProject} /> : null}
          <PurposeFields wizard={wizard} cloud={cloud} />
        </>
      ) : null}
    </div>
  )
}
