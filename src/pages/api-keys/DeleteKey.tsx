import { useState } from 'react'
import type { ApiKey } from '../../clouds/iam.ts'
import { formatDate } from '../../lib/dates.ts'
import { Banner } from '../../ui/Banner.tsx'
import { Button } from '../../ui/Button.tsx'
import { Code } from '../../ui/Code.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { OrganisationPath } from '../shared/OrganisationPath.tsx'
import { DeleteDialog } from './DeleteDialog.tsx'
import type { Managed } from './use-access.ts'

interface DeleteKeyProps {
  of: Managed
  kmsKey: ApiKey
  /** Undefined where it is not known. */
  roleName: string | undefined
  onClose: () => void
}

/** What the console's own key is for and how it is replaced, before its deletion can be asked for. */
function OwnKey({ of, kmsKey: { key }, onContinue, onClose }: DeleteKeyProps & { onContinue: () => void }) {
  const { cloud, connection, access } = of
  return (
    <Dialog
      open
      title="The API key of this console"
      address={<OrganisationPath of={of} />}
      onClose={onClose}
      footer={
        <>
          <Button variant="dangerQuiet" onClick={onContinue}>
            Delete this key…
          </Button>
          <Button variant="primary" onClick={onClose}>
            Close
          </Button>
        </>
      }
    >
      <p>
        This console signs its requests with <Code>{key}</Code>. Without it, {cloud.longName} refuses them all.
      </p>
      {connection.mode === 'embedded' ? (
        <p>A restart of the console creates another one.</p>
      ) : (
        <p>
          To replace it: create another API key, set {access.variables.join(' and ')}, restart the console, then delete
          this key.
        </p>
      )}
    </Dialog>
  )
}

/** Confirmation before an API key is deleted. */
export function DeleteKey(props: DeleteKeyProps) {
  const { of, kmsKey: key, roleName, onClose } = props
  const isOwn = of.connection.apiKey === key.key
  const [asked, setAsked] = useState(!isOwn)
  if (!asked) return <OwnKey {...props} onContinue={() => setAsked(true)} />
  return (
    <DeleteDialog
      of={of}
      noun="API key"
      name={key.name}
      id={key.key}
      remove={(location, following) => of.access.remove(location, key, following)}
      code={(location) => of.access.removeCode(location, key)}
      done="Requests that it signs are refused from now on."
      onClose={onClose}
    >
      {isOwn ? (
        <Banner tone="warning" title="This console signs its requests with this key.">
          {of.cloud.longName} refuses everything here until the console is restarted.
        </Banner>
      ) : null}
      <p>
        <b>
          {of.cloud.longName} refuses every request that <Code>{key.key}</Code> signs
        </b>
        , at once and in every {of.cloud.capabilities.locationNoun}
        {roleName === undefined ? '' : `. Its role is ${roleName}`}
        {key.createdAt === undefined ? '' : `. It was created on ${formatDate(key.createdAt)}`}.
      </p>
      <p>A deleted API key can’t be restored. Programs that use it need another key and its secret.</p>
    </DeleteDialog>
  )
}
