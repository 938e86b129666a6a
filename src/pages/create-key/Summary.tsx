import { type ReactNode, useState } from 'react'
import type { Cloud } from '../../clouds/cloud.ts'
import { codeOf } from '../../clouds/code-registry.ts'
import type { CloudConnection } from '../../clouds/gateway/wire.ts'
import type { Snippet } from '../../clouds/snippet.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Code } from '../../ui/Code.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { type Property, PropertyList } from '../../ui/PropertyList.tsx'
import { StatusDot } from '../../ui/StatusDot.tsx'
import { CloudMark } from '../shared/CloudMark.tsx'
import { PageCodePanel } from '../shared/PageCodePanel.tsx'
import { markChanges } from './changed-lines.ts'
import { algorithmOf, type Draft, newKeyOf, purposeOf } from './draft.ts'
import { formatRotation, formatScope, purposeLabels } from './labels.ts'
import type { Wizard } from './use-wizard.ts'
import { type StepId, steps } from './validate.ts'

function CloudName({ cloud, connection }: { cloud: Cloud; connection: CloudConnection }) {
  return (
    <span className="flex items-center gap-2">
      <CloudMark cloud={cloud.id} />
      {cloud.longName}
      {connection.mode === 'live' ? (
        <StatusDot>Live</StatusDot>
      ) : (
        <span className="text-fg-subtle text-xs">Local KMS</span>
      )}
    </span>
  )
}

function rowsOf(wizard: Wizard): Property[] {
  const { draft, change, cloud, connection, location, step, material } = wizard
  const pendingStep = (one: StepId) => (
    <span className="text-fg-subtle">Asked in step {wizard.steps.indexOf(one) + 1}</span>
  )
  const row = (name: string, value: ReactNode, ...fields: (keyof Draft)[]): Property => ({
    name,
    value,
    changed: change !== undefined && fields.includes(change.field),
  })
  const reached = (one: StepId) => steps.indexOf(step) >= steps.indexOf(one)
  if (!cloud || !connection) return [row('Cloud', pendingStep('where')), row('Location', pendingStep('where'))]
  const { capabilities } = cloud
  const key = newKeyOf(draft, capabilities, { location: location ?? '' })
  const algorithm = algorithmOf(draft, capabilities)
  const scope = formatScope(connection)
  const knowsPurpose = reached('purpose') && algorithm !== undefined
  const labels = Object.keys(key.labels).length
  return [
    row('Cloud', <CloudName cloud={cloud} connection={connection} />, 'cloud'),
    ...(scope === '' ? [] : [row('Scope', scope)]),
    row('Location', location === undefined ? pendingStep('where') : <Code>{location}</Code>, 'locations'),
    row(
      'Purpose',
      knowsPurpose ? purposeLabels[purposeOf(draft, capabilities)].both : pendingStep('purpose'),
      'purpose',
    ),
    row('Algorithm', knowsPurpose ? <Code>{capabilities.typeOf(algorithm)}</Code> : pendingStep('purpose'), 'types'),
    row('Name', key.name || pendingStep('details'), 'name'),
    ...(labels > 0 ? [row('Labels', String(labels), 'labels')] : []),
    ...(key.exportAllowed ? [row('Export', 'Allowed', 'exportAllowed')] : []),
    ...(key.multiZone ? [row('Multi-zone', 'Yes', 'multiZone')] : []),
    ...(material.chosen
      ? [row('Material', material.ready ? 'Your own, wrapped' : pendingStep('material'), 'material')]
      : []),
    row(
      'Rotation',
      reached('rotation') || draft.rotation ? formatRotation(draft, capabilities) : pendingStep('rotation'),
      'rotation',
    ),
  ]
}

/** Snippets that create the key; what is not known yet is an ellipsis or a word in capitals. */
function snippetsOf(
  draft: Draft,
  cloud: Cloud,
  connection: CloudConnection,
  chosen: string | undefined,
): readonly Snippet[] {
  const location = chosen ?? cloud.capabilities.locationNoun.toUpperCase()
  const key = newKeyOf(draft, cloud.capabilities, { location, project: connection.project })
  return codeOf(cloud.id).create({ ...key, name: key.name || '…' })
}

/** Snippets before the last choice; undefined where they can't be compared. */
function codeBefore({ draft, change, location }: Wizard, cloud: Cloud, connection: CloudConnection) {
  if (!change || change.before.cloud !== draft.cloud) return undefined
  const earlier = change.field === 'locations' ? change.before.locations[cloud.id] : location
  return snippetsOf(change.before, cloud, connection, earlier)
}

function SummaryCode({ wizard, cloud, connection }: { wizard: Wizard; cloud: Cloud; connection: CloudConnection }) {
  const [language, setLanguage] = useState('curl')
  const now = snippetsOf(wizard.draft, cloud, connection, wizard.location)
  const before = codeBefore(wizard, cloud, connection) ?? now
  const samples = markChanges(before, now)
  const shown = samples.find(({ id }) => id === language) ?? samples[0]
  return (
    <PageCodePanel
      label="The same request as code"
      samples={samples}
      value={shown?.id ?? ''}
      onChange={setLanguage}
      footer={shown && shown.marked.length > 0 ? 'What you just chose is marked.' : null}
    />
  )
}

/** Choices so far, and the resulting request. */
export function Summary({ wizard }: { wizard: Wizard }) {
  const { cloud, connection } = wizard
  return (
    <>
      <Panel title="Summary" end={<Badge>Draft</Badge>} flush>
        <PropertyList tight items={rowsOf(wizard)} className="px-3.5 py-1" />
      </Panel>
      {cloud && connection ? <SummaryCode wizard={wizard} cloud={cloud} connection={connection} /> : null}
    </>
  )
}
