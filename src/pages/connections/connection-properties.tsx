import type { CloudConnection, Setting } from '../../clouds/gateway/wire.ts'
import { cloudOf } from '../../clouds/registry.ts'
import { Code } from '../../ui/Code.tsx'
import type { Property } from '../../ui/PropertyList.tsx'
import { PageCopyButton } from '../shared/PageCopyButton.tsx'

export const IN_PROCESS = 'In-process (no network endpoint)'

/** Variables of one role and where each is set: `PROJECT_ID from .env`. */
function Sources({ of: { settings = [] }, what }: { of: CloudConnection; what: Setting['role'] }) {
  return settings
    .filter((setting) => setting.role === what)
    .map(({ variable, from }) => (
      <div key={variable} className="text-fg-subtle">
        <Code>{variable}</Code> {from === 'file' ? 'from .env' : 'from the environment'}
      </div>
    ))
}

export const Copied = ({ text, what }: { text: string; what: string }) => (
  <span className="inline-flex min-w-0 max-w-full items-center gap-1">
    <Code className="[overflow-wrap:anywhere]">{text}</Code>
    <PageCopyButton text={text} what={what} />
  </span>
)

function endpointOf(connection: CloudConnection): Property {
  const { id, endpoint } = connection
  if (endpoint === undefined) return { name: 'Endpoint', value: IN_PROCESS }
  return {
    name: 'Endpoint',
    value: (
      <>
        <Copied text={endpoint} what={`endpoint of ${cloudOf(id).longName}`} />
        <Sources of={connection} what="endpoint" />
      </>
    ),
  }
}

const given = (name: string, value: string, connection: CloudConnection, what: Setting['role']): Property => ({
  name,
  value: (
    <>
      <Code>{value}</Code>
      <Sources of={connection} what={what} />
    </>
  ),
})

/** Properties of a connection from the gateway. Credentials never reach the browser; a public key id may. */
export function propertiesOf(connection: CloudConnection, chosen: string | undefined): Property[] {
  const { id, mode, organisation, project, apiKey } = connection
  const { longName, projects } = cloudOf(id)
  return [
    endpointOf(connection),
    ...(organisation === undefined ? [] : [given('Organisation', organisation, connection, 'organisation')]),
    ...(project !== undefined
      ? [given('Project', project, connection, 'project')]
      : projects
        ? [{ name: 'Project', value: chosen ?? 'None (organisation)' }]
        : []),
    ...(mode === 'live' ? [{ name: 'Credentials', value: <Sources of={connection} what="credential" /> }] : []),
    ...(apiKey === undefined
      ? []
      : [{ name: 'API key', value: <Copied text={apiKey} what={`API key of ${longName}`} /> }]),
  ]
}
