import { useState } from 'react'
import type { CloudConnection } from '../../clouds/gateway/wire.ts'
import { cloudOf } from '../../clouds/registry.ts'
import { Button } from '../../ui/Button.tsx'
import { Code } from '../../ui/Code.tsx'
import { CodePanel } from '../../ui/CodePanel.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Field } from '../../ui/Field.tsx'
import { PropertyList } from '../../ui/PropertyList.tsx'
import { Select } from '../../ui/Select.tsx'
import { connectSnippets, disconnectSnippets } from './env-snippets.ts'
import { useConnectionCheck } from './use-connection-check.ts'

interface ConnectDialogProps {
  connection: CloudConnection
  onClose: () => void
}

const AboutFile = () => (
  <p>
    Git ignores <Code>.env</Code> beside <Code>package.json</Code>. Protect it with <Code>chmod 600 .env</Code>. A
    variable of the environment overrides it.
  </p>
)

function Connect({ connection: { id } }: { connection: CloudConnection }) {
  const { longName } = cloudOf(id)
  const { credentials, optional, requiredPermissions: needs } = useConnectionCheck(id)
  const [chosen, setChosen] = useState(credentials[0]?.id)
  const kind = credentials.find((one) => one.id === chosen)
  return (
    <>
      <p>
        <b>Restart the console with these variables.</b> It reads them at the start. The keys of the local KMS stay in
        its data folder.
      </p>
      {credentials.length > 1 ? (
        <Field label="Credential" hint={kind?.note}>
          {(control) => (
            <Select
              {...control}
              options={credentials.map(({ id: value, label }) => ({ value, label }))}
              value={chosen}
              onChange={setChosen}
            />
          )}
        </Field>
      ) : (
        <p>{kind?.note}</p>
      )}
      {kind ? (
        <CodePanel
          label={`Lines that connect ${longName}`}
          samples={connectSnippets(kind, optional)}
          footer="In bash and zsh these lines ask for each value. Secrets are not shown and not kept in the history."
        />
      ) : null}
      <section aria-label="Permissions of its role">
        <p className="font-medium">Permissions of its role</p>
        <PropertyList items={needs.map(([name, value]) => ({ name, value }))} />
      </section>
      <AboutFile />
    </>
  )
}

function Disconnect({ connection: { id, settings = [] } }: { connection: CloudConnection }) {
  const { longName } = cloudOf(id)
  const { variables } = useConnectionCheck(id)
  const ofFile = settings.filter(({ from }) => from === 'file').map(({ variable }) => variable)
  return (
    <>
      <p>
        <b>Restart the console without these variables.</b> The local KMS then replaces {longName}, with other keys.
        Keys at {longName} stay as they are.
      </p>
      <CodePanel label={`Lines that leave ${longName}`} samples={disconnectSnippets(variables, ofFile)} />
      {ofFile.length > 0 ? (
        <p>
          {ofFile.length === settings.length ? 'All' : 'Some'} of them come from <Code>.env</Code>: delete their lines
          there too.
        </p>
      ) : null}
    </>
  )
}

/** Instructions to connect a provider live or to return it to the local KMS. */
export function ConnectDialog({ connection, onClose }: ConnectDialogProps) {
  const { longName } = cloudOf(connection.id)
  const live = connection.mode === 'live'
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={live ? `Replace ${longName} with the local KMS` : `Connect ${longName}`}
      footer={<Button onClick={onClose}>Close</Button>}
    >
      {live ? <Disconnect connection={connection} /> : <Connect connection={connection} />}
    </Dialog>
  )
}
