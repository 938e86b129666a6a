import { codeOf } from '../../clouds/code-registry.ts'
import type { Session } from '../../clouds/gateway/wire.ts'
import type { CloudId } from '../../clouds/model.ts'
import { cloudOf, clouds } from '../../clouds/registry.ts'
import { Code } from '../../ui/Code.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { PropertyList } from '../../ui/PropertyList.tsx'
import { PageCodePanel } from '../shared/PageCodePanel.tsx'
import { PageCopyButton } from '../shared/PageCopyButton.tsx'
import { kmsPortSnippets, localKmsSnippets } from './env-snippets.ts'
import { useConnectionCheck } from './use-connection-check.ts'

type Local = NonNullable<Session['localKms']>

function LocalKmsVariables({ cloud: id, local }: { cloud: CloudId; local: Local & { address: string } }) {
  const cloud = cloudOf(id)
  const { localVariables, firstCall: trial } = useConnectionCheck(id)
  const { label, ...code } = codeOf(id).call(trial, undefined)
  return (
    <PageCodePanel
      label={`Lines for ${cloud.longName} programs`}
      samples={[...(localVariables ? localKmsSnippets(localVariables(local)) : []), { id: label, label, ...code }]}
      footer={`For ${cloud.longName}’s SDKs, CLI and Terraform.`}
    />
  )
}

/** Names of the providers that the local KMS serves. */
const servedBy = ({ clouds: connections }: Session) =>
  connections.filter(({ mode }) => mode === 'embedded').map(({ id }) => cloudOf(id).longName)

const withoutPort = (local: Local | undefined) =>
  local
    ? 'None: SDKs, CLIs and Terraform can’t reach it. Start the console with KMS_PORT to give it one.'
    : 'It does not run, since nothing needs it. Start the console with KMS_PORT to have it beside the clouds.'

/** What the local KMS serves, and the variables for programs that use it. */
export function LocalKmsPanel({ session }: { session: Session }) {
  const { localKms: local } = session
  const served = servedBy(session)
  const { address } = local ?? {}
  return (
    <div className="grid gap-4">
      <Panel
        title="Local KMS"
        sub={local ? (address === undefined ? 'inside this console' : 'with a port') : 'not running'}
      >
        <PropertyList
          className="-my-2"
          items={[
            {
              name: 'Serves',
              value: served.length > 0 ? served.join(', ') : 'No cloud of this console: all of them are live.',
            },
            {
              name: 'Port',
              value:
                address === undefined ? (
                  withoutPort(local)
                ) : (
                  <span className="inline-flex items-center gap-1">
                    <Code>{address}</Code>
                    <PageCopyButton text={address} what="address of the local KMS" />
                  </span>
                ),
            },
            ...(address === undefined
              ? []
              : [{ name: 'Secrets', value: 'Printed in the terminal where the console was started.' }]),
          ]}
        />
      </Panel>
      {local && address !== undefined ? (
        <div className="grid grid-cols-2 items-start gap-4 max-[1180px]:grid-cols-1 [&>*]:min-w-0">
          {clouds.map(({ id, capabilities }) =>
            capabilities.localKms ? <LocalKmsVariables key={id} cloud={id} local={{ ...local, address }} /> : null,
          )}
        </div>
      ) : (
        <PageCodePanel
          label="Lines that give the local KMS a port"
          samples={kmsPortSnippets()}
          footer={
            <>
              <Code>npm run kms</Code> starts a local KMS alone, with a port and no console.
            </>
          }
        />
      )}
    </div>
  )
}
