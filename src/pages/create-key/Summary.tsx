import { type ReactNode, useState } from 'react'
import type { Cloud } from '../../clouds/cloud.ts'
import { codeOf } from '../../clouds/code-registry.ts'
import type { CloudConnection } from '../../clouds/gateway/wire.ts'
import type { Snippet } from '../../clouds/snippet.ts'
import { formatNumber } from '../../lib/numbers.ts'
import { Chip } from '../../ui/Chip.tsx'
import { Code } from '../../ui/Code.tsx'
import { type Property, PropertyList } from '../../ui/PropertyList.tsx'
import { CloudMark } from '../shared/CloudMark.tsx'
import { PageCodePanel } from '../shared/PageCodePanel.tsx'
import { markChanges } from './changed-lines.ts'
import { algorithmOf, type Draft, newKeyOf, purposeOf } from './draft.ts'
import { formatRotation, formatScope, purposeLabels } from './labels.ts'
import type { Wizard } from './use-wizard.ts'

const open = (text: string) => <span className="text-fg-subtle">{text}</span>

function Chips({ map }: { map: Readonly<Record<string, string>> }) {
  return (
    <span className="flex flex-wrap gap-1">
      {Object.entries(map).map(([name, value]) => (
        <Chip key={name} title={`${name}=${value}`}>
          {name}={value}
        </Chip>
      ))}
    </span>
  )
}

function cloudName(cloud: Cloud, { mode }: CloudConnection) {
  return (
    <span className="flex items-center gap-2">
      <CloudMark cloud={cloud.id} />
      {cloud.longName}
      {mode === 'embedded' ? open('Local KMS') : null}
    </span>
  )
}

function rowsOf({ draft, cloud, connection, location, step, material }: Wizard): Property[] {
  if (!cloud || !connection) return [{ name: 'Cloud', value: open('Not chosen') }]
  const { capabilities } = cloud
  const key = newKeyOf(draft, capabilities, { location: location ?? '' })
  const algorithm = algorithmOf(draft, capabilities)
  const row = (name: string, value: ReactNode, isShown = true): Property[] => (isShown ? [{ name, value }] : [])
  const named = step === 'name'
  const size = material.ready && formatNumber(material.ready.bytes)
  return [
    ...row('Cloud', cloudName(cloud, connection)),
    ...row('Scope', formatScope(connection), formatScope(connection) !== ''),
    ...row('Location', location === undefined ? open('Not chosen') : <Code className="leading-none">{location}</Code>),
    ...row('Purpose', purposeLabels[purposeOf(draft, capabilities)].both),
    ...row('Algorithm', algorithm && <Code className="leading-none">{capabilities.typeOf(algorithm)}</Code>),
    ...row(
      'Material',
      size === undefined ? 'Imported' : `Imported, ${size} bytes, ${material.chosen?.hash}`,
      material.chosen !== undefined,
    ),
    ...row('Name', key.name || open('Not entered'), named),
    ...row('Description', key.description, named && key.description !== ''),
    ...row('Labels', <Chips map={key.labels} />, named && Object.keys(key.labels).length > 0),
    ...row('Annotations', <Chips map={key.annotations} />, named && Object.keys(key.annotations).length > 0),
    ...row('Multi-zone', 'Yes', named && key.multiZone),
    ...row('Export', 'Allowed', named && key.exportAllowed),
    ...row('Rotation', formatRotation(draft, capabilities), named),
  ]
}

/** Choices so far: on the last page all of the key that will be created. */
export const Summary = ({ wizard }: { wizard: Wizard }) => (
  <PropertyList tight items={rowsOf(wizard)} className="px-3.5 py-1" />
)

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
  const earlier = change.field === 'locations' ? (change.before.locations[cloud.id] ?? location) : location
  return snippetsOf(change.before, cloud, connection, earlier)
}

interface SummaryCodeProps {
  readonly wizard: Wizard
  readonly cloud: Cloud
  readonly connection: CloudConnection
}

/** The request as code; the lines of the last choice are marked. */
export function SummaryCode({ wizard, cloud, connection }: SummaryCodeProps) {
  const [language, setLanguage] = useState<string>()
  const now = snippetsOf(wizard.draft, cloud, connection, wizard.location)
  const before = codeBefore(wizard, cloud, connection) ?? now
  const samples = markChanges(before, now)
  const shown = samples.find(({ id }) => id === language) ?? samples[0]
  return (
    <PageCodePanel label="The same request as code" samples={samples} value={shown?.id ?? ''} onChange={setLanguage} />
  )
}
