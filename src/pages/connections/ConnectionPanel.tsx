import { Activity, Plug, Undo2 } from 'lucide-react'
import { Suspense, useState } from 'react'
import type { CloudConnection } from '../../clouds/gateway/wire.ts'
import { cloudOf } from '../../clouds/registry.ts'
import { capitalize } from '../../lib/capitalize.ts'
import { formatDateTime } from '../../lib/dates.ts'
import { Button } from '../../ui/Button.tsx'
import { LiveRegion } from '../../ui/LiveRegion.tsx'
import { lazyComponent } from '../../ui/lazy-component.ts'
import { Panel } from '../../ui/Panel.tsx'
import { PropertyList } from '../../ui/PropertyList.tsx'
import { CloudMark } from '../shared/CloudMark.tsx'
import { PageCommands } from '../shared/PageCommands.tsx'
import { useTimeZone } from '../time-zone.ts'
import { useProject } from '../use-project.ts'
import { propertiesOf } from './connection-properties.tsx'
import { Locations } from './Locations.tsx'
import { verdictOf } from './report.ts'
import { TestResults } from './TestResults.tsx'
import { type ConnectionTest, useConnectionTest } from './use-connection-test.ts'

const ConnectDialog = lazyComponent(() => import('./ConnectDialog.tsx').then(({ ConnectDialog }) => ConnectDialog))

/** Solid outline: the real cloud. Dashed: the local KMS. */
function ModeBadge({ mode }: CloudConnection) {
  return mode === 'live' ? (
    <span className="inline-flex h-5 items-center gap-1.5 rounded-sm border border-line-strong px-1.5 font-medium text-ok-fg text-xs before:size-1.5 before:rounded-full before:bg-ok-mark before:content-['']">
      Live
    </span>
  ) : (
    <span className="inline-flex h-5 items-center rounded-sm border border-control border-dashed px-1.5 text-fg-muted text-xs">
      Local KMS
    </span>
  )
}

/** Announcement for screen readers; errors are announced where they are shown. */
function announcement({ progress, report }: ConnectionTest, connection: CloudConnection): string {
  const { longName } = cloudOf(connection.id)
  if (progress) return `Testing the connection to ${longName}`
  const verdict = report && verdictOf(report, connection)
  return verdict?.tone === 'ok' ? `${longName}: ${verdict.title} ${verdict.text ?? ''}` : ''
}

/** Connection of one provider, and the result of its test. */
export function ConnectionPanel({ connection }: { connection: CloudConnection }) {
  useTimeZone()
  const cloud = cloudOf(connection.id)
  const project = useProject()
  const test = useConnectionTest(connection)
  const [asking, setAsking] = useState(false)
  const { progress, report } = test
  const live = connection.mode === 'live'
  const steps = progress && progress.of > 0 ? ` ${progress.done} of ${progress.of}` : ''
  const instructions = {
    label: live ? 'Go back to the local KMS…' : `Connect ${cloud.longName}…`,
    icon: live ? Undo2 : Plug,
    run: () => setAsking(true),
  }
  const hasInstructions = !live || cloud.capabilities.localKms
  const where = `${capitalize(cloud.capabilities.locationNoun)}s`
  return (
    <Panel
      flush
      title={
        <span className="inline-flex items-center gap-2">
          <CloudMark cloud={connection.id} />
          {cloud.longName}
        </span>
      }
      sub={<ModeBadge {...connection} />}
      end={
        <Button
          size="sm"
          busy={progress !== undefined}
          aria-label={`${progress ? `Testing${steps}: connection` : 'Test connection'} to ${cloud.longName}`}
          onClick={test.start}
        >
          {progress ? `Testing${steps}` : 'Test connection'}
        </Button>
      }
      footer={
        <>
          {hasInstructions ? (
            <Button size="sm" variant="ghost" icon={instructions.icon} className="-ml-2" onClick={instructions.run}>
              {instructions.label}
            </Button>
          ) : null}
          <span className="ml-auto text-fg-subtle text-xs">
            {report ? `Tested ${formatDateTime(report.endedAt)}` : 'Not tested'}
          </span>
        </>
      }
    >
      <PageCommands
        commands={[
          {
            label: `Test connection to ${cloud.longName}`,
            icon: Activity,
            run: test.start,
            disabledReason: progress ? 'The test is under way.' : undefined,
            keywords: 'latency clock permissions',
          },
          ...(hasInstructions
            ? [
                {
                  ...instructions,
                  ...(live ? { label: `Replace ${cloud.longName} with the local KMS…` } : {}),
                  keywords: 'live local embedded credentials',
                },
              ]
            : []),
        ]}
      />
      <div className="px-3.5 py-1.5">
        <PropertyList
          items={[
            ...propertiesOf(connection, project),
            ...(report ? [] : [{ name: where, value: <Locations cloud={connection.id} /> }]),
          ]}
        />
      </div>
      {report ? <TestResults report={report} connection={connection} /> : null}
      <LiveRegion>{announcement(test, connection)}</LiveRegion>
      <Suspense>{asking ? <ConnectDialog connection={connection} onClose={() => setAsking(false)} /> : null}</Suspense>
    </Panel>
  )
}
