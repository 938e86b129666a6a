import type { ReactNode } from 'react'
import type { CloudConnection, Setting } from '../../clouds/gateway/wire.ts'
import { cloudOf } from '../../clouds/registry.ts'
import { Code } from '../../ui/Code.tsx'
import type { Property } from '../../ui/PropertyList.tsx'
import { PageCopyButton } from '../shared/PageCopyButton.tsx'

const placeOf = ({ from }: Setting) => (from === 'file' ? 'from .env' : 'from the environment')

/** `PROJECT_ID from .env` */
const Source = ({ of }: { of: Setting }) => (
  <span className="text-fg-subtle">
    <Code>{of.variable}</Code> {placeOf(of)}
  </span>
)

function Sources({ settings, what }: { settings: readonly Setting[]; what: Setting['role'] }) {
  const own = settings.filter(({ role }) => role === what)
  return own.map((setting) => (
    <div key={setting.variable}>
      <Source of={setting} />
    </div>
  ))
}

const Copied = ({ text, what }: { text: string; what: string }) => (
  <span className="inline-flex min-w-0 max-w-full items-center gap-1">
    <Code className="[overflow-wrap:anywhere]">{text}</Code>
    <PageCopyButton text={text} what={what} />
  </span>
)

function Endpoint({ connection: { id, mode, endpoint, settings = [] } }: { connection: CloudConnection }) {
  const { longName } = cloudOf(id)
  if (endpoint === undefined) return <>In-process: no network endpoint.</>
  const given = settings.some(({ role }) => role === 'endpoint')
  return (
    <>
      <Copied text={endpoint} what={`endpoint of ${longName}`} />
      <Sources settings={settings} what="endpoint" />
      {mode === 'live' && !given ? <div className="text-fg-subtle">The vendor’s own; no variable is set.</div> : null}
    </>
  )
}

function Credentials({ connection: { mode, settings = [] } }: { connection: CloudConnection }) {
  if (mode === 'embedded') return <>Created by the local KMS. No variable is read.</>
  return (
    <ul>
      {settings
        .filter(({ role }) => role === 'credential')
        .map((setting) => (
          <li key={setting.variable}>
            <Code>{setting.variable}</Code> <span className="text-fg-subtle">{placeOf(setting)}</span>
          </li>
        ))}
    </ul>
  )
}

/** Properties of a connection from the gateway. Credentials never reach the browser; a public key id may. */
export function propertiesOf(connection: CloudConnection, project: string | undefined): Property[] {
  const { id, mode, organisation, apiKey, settings = [] } = connection
  const cloud = cloudOf(id)
  const fact = (name: string, value: ReactNode): Property => ({ name, value })
  const chosen = project === undefined ? 'All keys of the organisation.' : `${project}.`
  return [
    fact('Provider', mode === 'live' ? cloud.longName : 'The local KMS'),
    fact('Endpoint', <Endpoint connection={connection} />),
    ...(organisation === undefined
      ? []
      : [
          fact(
            'Organisation',
            <>
              <Code>{organisation}</Code>
              <Sources settings={settings} what="organisation" />
            </>,
          ),
        ]),
    ...(cloud.projects === undefined
      ? []
      : [
          fact(
            'Project',
            connection.project === undefined ? (
              `${chosen} Chosen in the top bar.`
            ) : (
              <>
                <Code>{connection.project}</Code>
                <Sources settings={settings} what="project" />
              </>
            ),
          ),
        ]),
    fact('Credentials', <Credentials connection={connection} />),
    ...(apiKey === undefined ? [] : [fact('API key', <Copied text={apiKey} what={`API key of ${cloud.longName}`} />)]),
  ]
}
