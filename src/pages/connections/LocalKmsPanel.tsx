import { codeOf } from '../../clouds/code-registry.ts'
import type { Session } from '../../clouds/gateway/wire.ts'
import type { CloudId } from '../../clouds/model.ts'
import { cloudOf, clouds } from '../../clouds/registry.ts'
import { Code } from '../../ui/Code.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { PropertyList } from '../../ui/PropertyList.tsx'
import { PageCodePanel } from '../shared/PageCodePanel.tsx'
import { Copied, IN_PROCESS } from './connection-properties.tsx'
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

/** What the local KMS serves, and the variables for programs that use it. */
export function LocalKmsPanel({ session: { localKms: local, clouds: connections } }: { session: Session }) {
  const served = connections.filter(({ mode }) => mode === 'embedded').map(({ id }) => cloudOf(id).longName)
  const { address } = local ?? {}
  const endpoint =
    address === undefined ? (
      local ? (
        IN_PROCESS
      ) : (
        'Not running: all clouds are live'
      )
    ) : (
      <Copied text={address} what="address of the local KMS" />
    )
  return (
    <div className="grid gap-4">
      <Panel title="Local KMS">
        <PropertyList
          className="-my-2"
          items={[
            { name: 'Endpoint', value: endpoint },
            ...(served.length > 0 ? [{ name: 'Clouds', value: served.join(', ') }] : []),
            ...(address === undefined ? [] : [{ name: 'Secrets', value: 'Printed in the terminal of the console' }]),
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
              With a port, SDKs, CLIs and Terraform can use the local KMS. <Code>npm run kms</Code> starts one without a
              console.
            </>
          }
        />
      )}
    </div>
  )
}
