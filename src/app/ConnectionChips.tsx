import { ChevronDown } from 'lucide-react'
import { type ReactNode, Suspense, useState } from 'react'
import type { CloudConnection } from '../clouds/gateway/wire.ts'
import { cloudOf } from '../clouds/registry.ts'
import { CloudMark } from '../pages/shared/CloudMark.tsx'
import { useConnections } from '../pages/use-keys.ts'
import { useProject } from '../pages/use-project.ts'
import { Icon } from '../ui/Icon.tsx'
import { lazyComponent } from '../ui/lazy-component.ts'

const ProjectMenu = lazyComponent(() => import('./ProjectMenu.tsx').then(({ ProjectMenu }) => ProjectMenu))

interface ChipProps {
  connection: CloudConnection
}

/** The project can be chosen only when the gateway's configuration has not set one. */
const choosesProject = ({ id, project }: CloudConnection) => cloudOf(id).projects !== undefined && project === undefined

const look = ({ mode }: CloudConnection) =>
  `inline-flex h-8 max-[640px]:h-9 items-center gap-2 whitespace-nowrap rounded-md border pr-2.5 pl-2 text-fg-muted text-xs ${
    mode === 'live' ? 'border-line-strong' : 'border-control border-dashed'
  }`

function Words({ connection, project }: ChipProps & { project: string | undefined }) {
  const { id, mode, organisation } = connection
  const live = mode === 'live'
  const scope = [live ? (organisation ?? cloudOf(id).name) : cloudOf(id).name, project].filter(Boolean).join(' / ')
  return (
    <>
      <CloudMark cloud={id} />
      <span className="max-w-44 truncate font-medium text-fg">{scope}</span>
      {live ? (
        <span className="inline-flex items-center gap-1.5 font-medium text-ok-fg before:size-1.5 before:rounded-full before:bg-ok-mark before:content-['']">
          Live
        </span>
      ) : (
        <span>Local KMS</span>
      )}
    </>
  )
}

function ProjectChip({ connection }: ChipProps) {
  const project = useProject()
  const [opened, setOpened] = useState<{ anchor: HTMLElement; byKeyboard: boolean }>()
  return (
    <>
      <button
        type="button"
        aria-haspopup="menu"
        aria-expanded={opened !== undefined}
        className={`${look(connection)} hover:bg-hover`}
        onClick={({ currentTarget, detail }) =>
          setOpened(opened ? undefined : { anchor: currentTarget, byKeyboard: detail === 0 })
        }
      >
        <Words connection={connection} project={project} />
        <Icon of={ChevronDown} size={14} className="text-fg-subtle" />
      </button>
      {opened ? (
        <Suspense>
          <ProjectMenu cloud={connection.id} {...opened} onClose={() => setOpened(undefined)} />
        </Suspense>
      ) : null}
    </>
  )
}

function Chip({ connection }: ChipProps): ReactNode {
  const { longName } = cloudOf(connection.id)
  return (
    <li title={connection.endpoint ? `${longName}: ${connection.endpoint}` : longName} className="flex-none">
      {choosesProject(connection) ? (
        <ProjectChip connection={connection} />
      ) : (
        <span className={look(connection)}>
          <Words connection={connection} project={connection.project} />
        </span>
      )}
    </li>
  )
}

/** Connected providers, always visible. Solid outline: live. Dashed: the local KMS. */
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
