import { useState } from 'react'
import type { CloudConnection } from '../../clouds/gateway/wire.ts'
import { cloudOf } from '../../clouds/registry.ts'
import { Button } from '../../ui/Button.tsx'
import { Code } from '../../ui/Code.tsx'
import { CodePanel } from '../../ui/CodePanel.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Field } from '../../ui/Field.tsx'
import { Select } from '../../ui/Select.tsx'
import { connectSnippets, disconnectSnippets } from './env-snippets.ts'
import { useConnectionCheck } from './use-connection-check.ts'

interface ConnectDialogProps {
  connection: CloudConnection
  onClose: () => void
}

const AboutFile = () => (
  <p>
    <Code>.env</Code> stands beside <Code>package.json</Code> and is left out of git; let nobody else read it:{' '}
    <Code>chmod 600 .env</Code>. A variable of the environment wins over it.
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
        <b>Stop the console and start it again with these variables.</b> They are read once, at the start. The keys of
        the local KMS stay in its data folder.
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
          footer="In bash and zsh the lines ask for each value; what is secret is neither shown nor kept in the history."
        />
      ) : null}
      <p>{needs}</p>
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
        <b>Stop the console and start it again without these variables.</b> The local KMS then stands in for {longName},
        with keys of its own. Keys at {longName} stay as they are.
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
      title={live ? `Serve ${longName} by the local KMS` : `Connect ${longName}`}
      footer={<Button onClick={onClose}>Close</Button>}
    >
      {live ? <Disconnect connection={connection} /> : <Connect connection={connection} />}
    </Dialog>
  )
}
