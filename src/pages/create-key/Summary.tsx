import type { ReactNode } from 'react'
import type { Cloud } from '../../clouds/cloud.ts'
import { codeOf } from '../../clouds/code-registry.ts'
import type { CloudConnection } from '../../clouds/gateway/wire.ts'
import { formatNumber } from '../../lib/numbers.ts'
import { Chip } from '../../ui/Chip.tsx'
import { Code } from '../../ui/Code.tsx'
import { type Property, PropertyList } from '../../ui/PropertyList.tsx'
import { CloudMark } from '../shared/CloudMark.tsx'
import { PageCodePanel } from '../shared/PageCodePanel.tsx'
import { algorithmOf, newKeyOf, purposeOf } from './draft.ts'
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
    ...row(
      'Material',
      key.external && (
        <>
          In a key store, <Code className="leading-none">{key.external.key || '…'}</Code>
        </>
      ),
      key.external !== undefined,
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

interface SummaryCodeProps {
  readonly wizard: Wizard
  readonly cloud: Cloud
  readonly connection: CloudConnection
}

/** The request as code; what is not known yet is an ellipsis or a word in capitals. */
export function SummaryCode({ wizard, cloud, connection }: SummaryCodeProps) {
  const location = wizard.location ?? cloud.capabilities.locationNoun.toUpperCase()
  const key = newKeyOf(wizard.draft, cloud.capabilities, { location, project: connection.project })
  const snippets = codeOf(cloud.id).create({ ...key, name: key.name || '…' })
  return (
    <PageCodePanel
      label="The same request as code"
      samples={snippets.map((snippet) => ({ id: snippet.label, ...snippet }))}
    />
  )
}
