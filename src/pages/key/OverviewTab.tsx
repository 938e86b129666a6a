import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import { type ReactNode, Suspense } from 'react'
import type { Purpose } from '../../clouds/algorithms.ts'
import type { Listed } from '../../clouds/answer.ts'
import { type ActivityEvent, activityOf } from '../../clouds/audit-activity.ts'
import { isStopped } from '../../clouds/key-status.ts'
import { addressOf, type KeyVersion, type KmsKey } from '../../clouds/model.ts'
import { cryptographicOperationIds } from '../../clouds/operations.ts'
import { queries } from '../../clouds/queries.ts'
import { cloudOf } from '../../clouds/registry.ts'
import { capitalize } from '../../lib/capitalize.ts'
import { formatWithRelative, UNKNOWN_TIME } from '../../lib/dates.ts'
import { formatNumber } from '../../lib/numbers.ts'
import { Chip } from '../../ui/Chip.tsx'
import { Code } from '../../ui/Code.tsx'
import { lazyComponent } from '../../ui/lazy-component.ts'
import { Panel } from '../../ui/Panel.tsx'
import { type Property, PropertyList } from '../../ui/PropertyList.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { isAboutKey } from '../shared/activity/rows.ts'
import { auditQuery } from '../shared/activity/use-cloud-logs.ts'
import { affectedOperations, dependentsNote } from '../shared/key-actions/actions.ts'
import { PageCopyButton } from '../shared/PageCopyButton.tsx'
import { RotationState } from '../shared/RotationState.tsx'
import { isMultiZone, originZoneOf } from './replicas.ts'
import { commandGroup } from './use-key-page-commands.ts'

const StoreOfKey = lazyComponent(() => import('../shared/ExternalKey.tsx').then(({ StoreOfKey }) => StoreOfKey))

interface OverviewTabProps {
  kmsKey: KmsKey
  versions: UseQueryResult<Listed<KeyVersion>>
  now: number
}

/** Facts that the page's head does not show, as two cards. */
export function OverviewTab(props: OverviewTabProps) {
  const lastUse = useLastUse(props.kmsKey)
  return (
    <div className="grid grid-cols-2 items-start gap-4 max-[1180px]:grid-cols-1 print:grid-cols-1">
      <Panel title="Use and rotation">
        <PropertyList items={stateProperties(props, lastUse)} />
      </Panel>
      <Panel title="Properties" sub="set at creation">
        <PropertyList items={fixedProperties(props.kmsKey)} />
      </Panel>
    </div>
  )
}

const placeholder = (word: string) => <span className="text-fg-subtle">{word}</span>

const purposeLabels: Record<Purpose, string> = {
  encrypt: 'encrypt, decrypt',
  sign: 'sign, verify',
  mac: 'authenticate messages',
}

function lastRotated({ kmsKey: key, versions: { data, error }, now }: OverviewTabProps): ReactNode {
  if (key.latestVersion <= 1) return 'Never'
  if (data === undefined) return error ? placeholder(UNKNOWN_TIME) : <Skeleton width={180} />
  const createdAt = data.items.find(({ version }) => version === key.latestVersion)?.createdAt
  return createdAt === undefined ? placeholder(UNKNOWN_TIME) : formatWithRelative(createdAt, now)
}

const isUse = ({ deed, result }: ActivityEvent) =>
  result === 'ok' && cryptographicOperationIds.some((operation) => operation === deed)

/** Last operation with the key in the newest page of its audit log; undefined where the log does not tell. */
function useLastUse(key: KmsKey): ActivityEvent | undefined {
  const enabled = cloudOf(key.cloud).audit !== undefined
  const { data } = useQuery({ ...queries.audit(key.cloud, auditQuery(1, addressOf(key))), enabled })
  return data && activityOf(data.events.items).filter(isAboutKey(key)).find(isUse)
}

function stateProperties(props: OverviewTabProps, lastUse: ActivityEvent | undefined): readonly Property[] {
  const { kmsKey: key, now } = props
  const stopped = isStopped(key)
  const operations = affectedOperations(key)
  return [
    ...(lastUse === undefined
      ? []
      : [{ name: 'Last used', value: `${lastUse.action}, ${formatWithRelative(lastUse.at, now)}` }]),
    ...(key.rotation.never === undefined
      ? [
          { name: 'Last rotated', value: lastRotated(props) },
          { name: 'Next rotation', value: <RotationState rotationOf={key} now={now} /> },
        ]
      : [{ name: 'Rotation', value: key.rotation.never }]),
    {
      name: 'Created',
      value: key.createdAt === undefined ? placeholder(UNKNOWN_TIME) : formatWithRelative(key.createdAt, now),
    },
    {
      name: stopped ? 'Stopped now' : 'If disabled',
      value: `${stopped ? operations : `${operations} stop`}. ${dependentsNote(key) ?? ''}`.trim(),
    },
  ]
}

/** `ch-gva-2 (primary), de-fra-1` */
function zonesOf(key: KmsKey): string {
  const origin = originZoneOf(key)
  const others = new Set([...(key.replicas ?? []), key.location])
  others.delete(origin)
  return [`${origin} (primary)`, ...others].join(', ')
}

/** Where the material of a key is that its cloud does not hold. */
const externalProperties = (key: KmsKey): readonly Property[] => [
  ...(key.traits.includes('external')
    ? [{ name: 'Key material', value: `Its material is not at ${cloudOf(key.cloud).longName}.` }]
    : []),
  ...(key.external
    ? [
        {
          name: 'Key store',
          value: (
            <Suspense fallback={<Skeleton width={180} />}>
              <StoreOfKey kmsKey={key} />
            </Suspense>
          ),
        },
        { name: 'External key id', value: <Code className="[overflow-wrap:anywhere]">{key.external.key}</Code> },
      ]
    : []),
]

/** Properties that can't be changed; one that the provider's keys don't have is left out. */
function fixedProperties(key: KmsKey): readonly Property[] {
  const { capabilities } = cloudOf(key.cloud)
  const labels = Object.entries(key.labels)
  const annotations = Object.entries(key.annotations)
  return [
    { name: 'Description', value: key.description ? key.description : placeholder('None') },
    ...(capabilities.labels
      ? [
          {
            name: 'Labels',
            value:
              labels.length === 0 ? (
                placeholder('None')
              ) : (
                <span className="flex flex-wrap gap-1">
                  {labels.map(([name, value]) => (
                    <Chip key={name} title={`${name}=${value}`}>
                      {name}={value}
                    </Chip>
                  ))}
                </span>
              ),
          },
        ]
      : []),
    ...(annotations.length === 0
      ? []
      : [
          {
            name: 'Annotations',
            value: (
              <dl className="grid gap-1.5">
                {annotations.map(([name, value]) => (
                  <div key={name}>
                    <dt className="mono text-fg-subtle">{name}</dt>
                    <dd>{value}</dd>
                  </div>
                ))}
              </dl>
            ),
          },
        ]),
    ...(key.slug === undefined
      ? []
      : [
          {
            name: 'Slug',
            value: (
              <span className="inline-flex max-w-full items-center gap-1">
                <Code className="[overflow-wrap:anywhere]">{key.slug}</Code>
                <PageCopyButton text={key.slug} what="slug" title={commandGroup(key)} className="-my-1 print:hidden" />
              </span>
            ),
          },
        ]),
    {
      name: 'Operations',
      value:
        key.can.length === 0 ? placeholder('Unknown') : capitalize(key.can.map((one) => purposeLabels[one]).join(', ')),
    },
    ...(key.can.includes('encrypt')
      ? [{ name: 'Max. input', value: `${formatNumber(capabilities.plaintext(key).max)} bytes` }]
      : []),
    ...(capabilities.exportAllowance
      ? [
          {
            name: 'Export',
            value: key.traits.includes('exportable')
              ? `Allowed. ${capabilities.exportNote ?? ''}`.trim()
              : 'Not allowed',
          },
          { name: 'Key material', value: key.traits.includes('imported') ? 'Imported' : 'Generated by the KMS' },
        ]
      : []),
    ...externalProperties(key),
    ...(capabilities.multiZone ? [{ name: 'Multi-zone', value: isMultiZone(key) ? zonesOf(key) : 'No' }] : []),
  ]
}
