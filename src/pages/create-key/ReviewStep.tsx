import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import type { Cloud } from '../../clouds/cloud.ts'
import { detailsOf, requestLine } from '../../clouds/errors.ts'
import { addressOf } from '../../clouds/model.ts'
import { queries } from '../../clouds/queries.ts'
import { formatNumber } from '../../lib/numbers.ts'
import { Banner } from '../../ui/Banner.tsx'
import { Button } from '../../ui/Button.tsx'
import { Chip } from '../../ui/Chip.tsx'
import { Code } from '../../ui/Code.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { type Property, PropertyList } from '../../ui/PropertyList.tsx'
import { CloudMark } from '../shared/CloudMark.tsx'
import { ErrorNote } from '../shared/Failure.tsx'
import { KeyLink } from '../shared/KeyLink.tsx'
import { useProject } from '../use-project.ts'
import { algorithmOf, keyWithSameName, mayHaveBeenCreated, newKeyOf, purposeOf } from './draft.ts'
import { formatRotation, formatScope, purposeLabels, stepLabels } from './labels.ts'
import { stepSearch, type Wizard } from './use-wizard.ts'
import type { StepId } from './validate.ts'

function Chips({ map }: { map: Readonly<Record<string, string>> }) {
  const entries = Object.entries(map)
  if (entries.length === 0) return <span className="text-fg-subtle">None</span>
  return (
    <span className="flex flex-wrap gap-1">
      {entries.map(([name, value]) => (
        <Chip key={name} title={`${name}=${value}`}>
          {name}={value}
        </Chip>
      ))}
    </span>
  )
}

const none = (text: string): ReactNode => (text === '' ? <span className="text-fg-subtle">None</span> : text)

type Section = [StepId, Property[]]

function sectionsOf({ draft, cloud, connection, material, location = '' }: Wizard): Section[] {
  if (!cloud || !connection) return []
  const { capabilities } = cloud
  const key = newKeyOf(draft, capabilities, { location })
  const algorithm = algorithmOf(draft, capabilities)
  const scope = formatScope(connection)
  const where: Property[] = [
    {
      name: 'Cloud',
      value: (
        <span className="flex items-center gap-2">
          <CloudMark cloud={cloud.id} />
          {cloud.longName}
          {connection.mode === 'embedded' ? <span className="text-fg-subtle">Local KMS</span> : null}
        </span>
      ),
    },
    ...(scope === '' ? [] : [{ name: 'Scope', value: scope }]),
    { name: 'Location', value: <Code>{location}</Code> },
  ]
  const purpose: Property[] = [
    { name: 'Purpose', value: purposeLabels[purposeOf(draft, capabilities)].both },
    { name: 'Algorithm', value: algorithm ? <Code>{capabilities.typeOf(algorithm)}</Code> : null },
  ]
  const details: Property[] = [
    { name: 'Name', value: key.name },
    ...(capabilities.slugOf ? [{ name: 'Slug', value: <Code>{capabilities.slugOf(key.name)}</Code> }] : []),
    { name: 'Description', value: none(key.description) },
    ...(capabilities.labels
      ? [
          { name: 'Labels', value: <Chips map={key.labels} /> },
          { name: 'Annotations', value: <Chips map={key.annotations} /> },
        ]
      : []),
    ...(capabilities.multiZone ? [{ name: 'Multi-zone', value: key.multiZone ? 'Yes' : 'No' }] : []),
    ...(capabilities.exportAllowance ? [{ name: 'Export', value: key.exportAllowed ? 'Allowed' : 'Not allowed' }] : []),
  ]
  const rotation: Property[] = [{ name: 'Rotation', value: formatRotation(draft, capabilities) }]
  const { chosen, ready } = material
  const own: Property[] = [
    { name: 'Material', value: ready ? `Your own, wrapped in ${formatNumber(ready.bytes)} bytes` : 'Your own' },
    { name: 'Hash function', value: <Code>{chosen?.hash}</Code> },
    { name: 'Allow rotation', value: chosen?.allowRotation ? 'Yes' : 'No' },
  ]
  return [
    ['where', where],
    ['purpose', purpose],
    ['details', details],
    ...(chosen ? [['material', own] satisfies Section] : []),
    ['rotation', rotation],
  ]
}

/** Error of the creation; where the outcome is uncertain, with a look at the list of keys. */
function Failed({ wizard, error, at }: { wizard: Wizard; error: unknown; at: number }) {
  const { cloud, location, draft } = wizard
  if (!cloud || location === undefined || !mayHaveBeenCreated(error)) return <ErrorNote error={error} />
  return <LostResponse cloud={cloud} location={location} name={draft.name.trim()} since={at} error={error} />
}

/** All choices on one page. */
export function ReviewStep(wizard: Wizard) {
  const project = useProject()
  return (
    <div className="grid gap-3">
      {sectionsOf(wizard).map(([step, items]) => (
        <Panel
          key={step}
          level={3}
          title={stepLabels[step].name}
          end={
            <Link
              to={`?${new URLSearchParams(stepSearch(step, project))}`}
              className="link touch-target px-1.5 text-sm"
            >
              Change<span className="sr-only"> {stepLabels[step].linkText}</span>
            </Link>
          }
          flush
        >
          <PropertyList items={items} className="px-3.5 py-1" />
        </Panel>
      ))}
      {wizard.failure ? <Failed wizard={wizard} {...wizard.failure} /> : null}
    </div>
  )
}

interface LostResponseProps {
  cloud: Cloud
  location: string
  name: string
  /** Instant of the failure, in milliseconds since the epoch: lists that were read before don't count. */
  since: number
  error: unknown
}

/** Notice after a creation without a response: the key may exist, and whether the list has it. */
function LostResponse({ cloud, location, name, since, error }: LostResponseProps) {
  const list = useQuery(queries.keys(cloud.id, location, useProject()))
  const details = detailsOf(error)
  const made =
    list.dataUpdatedAt > since ? keyWithSameName(name, list.data?.items ?? [], cloud.capabilities) : undefined
  const found = () => {
    if (made)
      return (
        <>
          {location} lists {made.name} now: <KeyLink to={addressOf(made)}>open that key</KeyLink> before you create
          another.
        </>
      )
    if (list.dataUpdatedAt > since)
      return `${location} lists no key of that name as yet. Look again before you create another: it may still be on its way.`
    if (list.isFetching) return `The list of ${location} is being read again.`
    return `The list of ${location} could not be read again. Look there before you create another.`
  }
  return (
    <Banner
      tone="danger"
      title={`${name} may have been created: the answer was lost.`}
      meta={requestLine(details)}
      actions={
        <Button size="sm" busy={list.isFetching} onClick={() => void list.refetch()}>
          {list.isFetching ? 'Looking' : 'Look again'}
        </Button>
      }
    >
      {details.message} Nothing was tried a second time. <span className="mt-1.5 block">{found()}</span>
    </Banner>
  )
}
