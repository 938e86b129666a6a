import type { CloudConnection } from '../clouds/gateway/wire.ts'
import { cloudOf } from '../clouds/queries.ts'
import { CloudMark } from '../pages/parts/CloudMark.tsx'
import { useConnections } from '../pages/use-keys.ts'

const scopeOf = ({ organisation, project }: CloudConnection) =>
  [organisation, project].filter((part) => part !== undefined).join(' / ')

function Chip({ connection }: { connection: CloudConnection }) {
  const { longName, name } = cloudOf(connection.id)
  const live = connection.mode === 'live'
  const scope = scopeOf(connection)
  return (
    <li
      title={connection.endpoint ? `${longName}: ${connection.endpoint}` : longName}
      className={`inline-flex h-8 flex-none items-center gap-2 whitespace-nowrap rounded-md border pr-2.5 pl-2 text-fg-muted text-xs ${
        live ? 'border-line-strong' : 'border-control border-dashed'
      }`}
    >
      <CloudMark cloud={connection.id} />
      <span className="max-w-44 truncate font-medium text-fg">{live && scope ? scope : name}</span>
      {live ? (
        <span className="inline-flex items-center gap-1.5 font-medium text-ok-fg before:size-1.5 before:rounded-full before:bg-ok-mark before:content-['']">
          Live
        </span>
      ) : (
        <span>Local KMS</span>
      )}
    </li>
  )
}

/** Which clouds are touched: never out of view. Solid outline: the real cloud. Dashed: the local KMS. */
export function ConnectionChips() {
  const connections = useConnections()
  return (
    <ul aria-label="Connections" className="flex gap-2">
      {connections.map((connection) => (
        <Chip key={connection.id} connection={connection} />
      ))}
    </ul>
  )
}
