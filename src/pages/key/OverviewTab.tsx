import { Lock } from 'lucide-react'
/** The rows of the overview. A dash means that it does not apply; what the cloud does not tell is Unknown. */
import { Fragment, type ReactNode } from 'react'
import type { Purpose } from '../../clouds/algorithms.ts'
import type { Capabilities } from '../../clouds/capabilities.ts'
import type { KmsKey } from '../../clouds/model.ts'
import { cloudOf } from '../../clouds/registry.ts'
import { capitalize } from '../../lib/capitalize.ts'
import { formatNumber } from '../../lib/numbers.ts'
import { Chip } from '../../ui/Chip.tsx'
import { Code } from '../../ui/Code.tsx'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { Panel } from '../../ui/Panel.tsx'
import type { Property } from '../../ui/PropertyList.tsx'
import { PropertyList } from '../../ui/PropertyList.tsx'
import { formatWithRelative } from '../shared/format-time.ts'
import { KeyLink } from '../shared/KeyLink.tsx'
import { KeyStatus } from '../shared/KeyStatus.tsx'
import { PageCopyButton } from '../shared/PageCopyButton.tsx'
import { PurposeIcon } from '../shared/PurposeIcon.tsx'
import { RotationState } from '../shared/RotationState.tsx'
import { InfoTip } from './InfoTip.tsx'
import { commandGroup } from './use-key-page-commands.ts'

/** Properties of the key, by panel. */
export function OverviewTab({ kmsKey: key, now }: { kmsKey: KmsKey; now: number }) {
  const { capabilities } = cloudOf(key.cloud)
  return (
    <div className="grid grid-cols-2 items-start gap-4 max-[1180px]:grid-cols-1 print:grid-cols-1">
      <div className="grid min-w-0 gap-4">
        <Panel
          title="Identity"
          footer={
            <span className="inline-flex items-center gap-1.5 text-fg-subtle text-xs">
              <Icon of={Lock} size={12} />
              {capabilities.labels
                ? 'Name, description, labels and annotations can’t be changed after creation.'
                : 'Name and description can’t be changed after creation.'}
            </span>
          }
        >
          <PropertyList items={identityProperties(key)} />
        </Panel>
        {capabilities.labels && (
          <Panel title="Labels and annotations">
            <PropertyList items={labelProperties(key)} />
          </Panel>
        )}
      </div>
      <div className="grid min-w-0 gap-4">
        <Panel title="Use">
          <PropertyList items={usageProperties(key)} />
        </Panel>
        <Panel title="State and times">
          <PropertyList items={stateProperties(key, now)} />
        </Panel>
      </div>
    </div>
  )
}

const placeholder = (word: string) => <span className="text-fg-subtle">{word}</span>

const purposeLabels: Record<Purpose, string> = {
  encrypt: 'encrypts and decrypts',
  sign: 'signs and verifies',
  mac: 'authenticates messages',
}

const withCopyButton = (text: string, button: ReactNode): ReactNode => (
  <span className="inline-flex max-w-full items-center gap-1">
    <Code className="[overflow-wrap:anywhere]">{text}</Code>
    {button}
  </span>
)

const copyButtonClass = '-my-1 print:hidden'

/** Value with an explanation. */
const withTip = (value: ReactNode, about: string, text: string): ReactNode => (
  <span className="inline-flex max-w-full flex-wrap items-center gap-x-1">
    {value}
    <InfoTip about={about} text={text} />
  </span>
)

const RENAME = 'A key can’t be renamed. For another name, create another key and move what uses this one.'

function slugNote({ deletionDelay }: Capabilities): string {
  const fixed = 'It was made of the name and can’t be changed. It stays taken until the key is destroyed'
  if (!deletionDelay) return `${fixed}.`
  const { min, max } = deletionDelay
  return `${fixed}, also during the ${min === max ? `${max} days` : 'days'} that a deletion is pending.`
}

const DISABLING =
  'While a key is disabled, every reader of what it protects fails, not only writers. Nothing is lost: enabling it brings everything back.'

const ROTATING = 'A rotation adds a version and keeps the older ones, so nothing has to be encrypted or signed again.'

const REPLICA = 'It has its own status. Rotation, its schedule and deletion are decided on the primary and follow here.'

function identityProperties(key: KmsKey): readonly Property[] {
  const { capabilities, longName } = cloudOf(key.cloud)
  return [
    { name: 'Name', value: withTip(key.name, 'the name', RENAME) },
    ...(key.slug === undefined
      ? []
      : [
          {
            name: 'Slug',
            value: withTip(
              withCopyButton(
                key.slug,
                <PageCopyButton text={key.slug} what="slug" title={commandGroup(key)} className={copyButtonClass} />,
              ),
              'the slug',
              slugNote(capabilities),
            ),
          },
        ]),
    // The header's button for the same id has another accessible name.
    {
      name: 'Id',
      value: withCopyButton(key.id, <CopyButton text={key.id} label="Copy this id" className={copyButtonClass} />),
    },
    { name: 'Description', value: key.description ? key.description : placeholder('None') },
    { name: 'Cloud', value: longName },
    { name: capitalize(capabilities.locationNoun), value: <Code>{key.location}</Code> },
    ...(key.project === undefined ? [] : [{ name: 'Project', value: <Code>{key.project}</Code> }]),
  ]
}

function labelProperties({ labels, annotations }: KmsKey): readonly Property[] {
  const pairs = Object.entries(labels)
  const notes = Object.entries(annotations)
  return [
    {
      name: 'Labels',
      value:
        pairs.length === 0 ? (
          placeholder('None')
        ) : (
          <span className="flex flex-wrap gap-1">
            {pairs.map(([name, value]) => (
              <Chip key={name} title={`${name}=${value}`}>
                {name}={value}
              </Chip>
            ))}
          </span>
        ),
    },
    {
      name: 'Annotations',
      value:
        notes.length === 0 ? (
          placeholder('None')
        ) : (
          <dl className="grid gap-1.5">
            {notes.map(([name, value]) => (
              <div key={name}>
                <dt className="mono text-fg-subtle">{name}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        ),
    },
  ]
}

const linkTo = (key: KmsKey, location: string) => (
  <KeyLink className="link mono" to={{ cloud: key.cloud, location, key: key.id }}>
    {location}
  </KeyLink>
)

/** Locations of the key and its role in them. */
function replicationProperties(key: KmsKey): readonly Property[] {
  const replica = key.traits.includes('replica')
  const origin = key.originZone ?? key.location
  const others = (key.replicas ?? []).filter((location) => location !== key.location)
  return [
    {
      name: 'Multi-zone',
      value: replica || key.traits.includes('multi-zone') ? 'Yes, it can be in several zones' : 'No',
    },
    {
      name: 'Role',
      value: replica ? withTip('Replica', 'replicas', REPLICA) : 'Primary',
    },
    { name: 'Origin zone', value: replica ? linkTo(key, origin) : <Code>{origin}</Code> },
    {
      name: replica ? 'Other replicas' : 'Replicas',
      value:
        others.length === 0 ? (
          placeholder(replica && key.replicas === undefined ? 'Told by the primary' : 'None')
        ) : (
          <span className="flex flex-wrap gap-x-3">
            {others.map((location) => (
              <Fragment key={location}>{linkTo(key, location)}</Fragment>
            ))}
          </span>
        ),
    },
  ]
}

/** Properties that the provider's keys have. */
function usageProperties(key: KmsKey): readonly Property[] {
  const { capabilities } = cloudOf(key.cloud)
  const has = (trait: KmsKey['traits'][number]) => key.traits.includes(trait)
  const encrypts = key.can.includes('encrypt')
  return [
    {
      name: 'Type',
      value: (
        <span className="inline-flex items-center gap-2">
          <PurposeIcon purpose={key.purpose} />
          <Code>{key.type}</Code>
        </span>
      ),
    },
    {
      name: 'What it can do',
      value:
        key.can.length === 0
          ? placeholder('Unknown')
          : capitalize(key.can.map((purpose) => purposeLabels[purpose]).join(', ')),
    },
    ...(encrypts
      ? [{ name: 'Longest plaintext', value: `${formatNumber(capabilities.plaintext(key).max)} bytes` }]
      : []),
    ...(capabilities.exportAllowance
      ? [
          {
            name: 'Export',
            value: has('exportable') ? 'Allowed: key material can leave the KMS' : 'Not allowed',
          },
          { name: 'Imported', value: has('imported') ? 'Yes, the key material came from outside' : 'No' },
        ]
      : []),
    ...(capabilities.multiZone ? replicationProperties(key) : []),
  ]
}

function stateProperties(key: KmsKey, now: number): readonly Property[] {
  return [
    {
      name: 'Status',
      value: (
        <span className="inline-flex flex-wrap items-center gap-x-2">
          <KeyStatus kmsKey={key} now={now} />
          <Code className="text-fg-subtle">{key.status}</Code>
          <InfoTip about="disabling" text={DISABLING} />
        </span>
      ),
    },
    ...(key.destroyedAt === undefined ? [] : [{ name: 'Destroyed', value: formatWithRelative(key.destroyedAt, now) }]),
    { name: 'Rotation', value: <RotationState rotationOf={key} now={now} /> },
    { name: 'Versions', value: withTip(formatNumber(key.latestVersion), 'versions', ROTATING) },
    {
      name: 'Minimum version',
      value:
        key.minDecryptionVersion === undefined ? (
          placeholder('Unknown')
        ) : (
          <>
            v{key.minDecryptionVersion} <span className="text-fg-subtle">still decrypts</span>
          </>
        ),
    },
    { name: 'Created', value: key.createdAt === undefined ? 'Not known' : formatWithRelative(key.createdAt, now) },
    {
      name: 'Updated',
      value: key.updatedAt === undefined ? placeholder('Unknown') : formatWithRelative(key.updatedAt, now),
    },
  ]
}
