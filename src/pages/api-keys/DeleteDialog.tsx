import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import type { ApiKey } from '../../clouds/iam.ts'
import { queries } from '../../clouds/queries.ts'
import { Banner } from '../../ui/Banner.tsx'
import { Button } from '../../ui/Button.tsx'
import { Code } from '../../ui/Code.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import { useToast } from '../../ui/Toast.tsx'
import { ConfirmDialog, typeNameOf } from '../shared/ConfirmDialog.tsx'
import { AccessAddress } from './AccessAddress.tsx'
import { type Managed, useReadOnlyReason } from './use-access.ts'

interface DeleteDialogProps {
  of: Managed
  kmsKey: ApiKey
  /** Undefined where it is not known. */
  roleName: string | undefined
  onClose: () => void
}

/** Whole seconds since it appeared. */
function useSeconds(): number {
  const [seconds, setSeconds] = useState(0)
  useEffect(() => {
    const start = performance.now()
    const timer = setInterval(() => setSeconds(Math.floor((performance.now() - start) / 1000)), 1000)
    return () => clearInterval(timer)
  }, [])
  return seconds
}

/** While the cloud works on its own. The seconds are for the eye alone: read out each, they would drown everything else. */
function Working({ cloudName }: { cloudName: string }) {
  const seconds = useSeconds()
  return (
    <p role="status" className="flex items-center gap-2 text-sm">
      <Spinner size={14} />
      {cloudName} is working on it<span aria-hidden="true">, {seconds} s</span>…
    </p>
  )
}

/** Confirmation before an API key is deleted; stays open until the provider has finished the deletion. */
export function DeleteDialog({ of, kmsKey: key, roleName, onClose }: DeleteDialogProps) {
  const { cloud, connection, access } = of
  const client = useQueryClient()
  const toast = useToast()
  const readOnly = useReadOnlyReason()
  const [following, setFollowing] = useState(false)
  const call = useRef<AbortController>(null)
  useEffect(() => () => call.current?.abort(), [])

  async function run() {
    const controller = new AbortController()
    call.current = controller
    try {
      const progress = () => setFollowing(true)
      await access.remove(access.location(connection), key, { progress, signal: controller.signal })
    } finally {
      setFollowing(false)
      // Also after a refusal, which often means that the list on screen is outdated.
      await client.invalidateQueries({ queryKey: queries.apiKeys(cloud.id).queryKey })
    }
    toast.success(`Deleted ${key.name}.`, { text: 'Whatever signs with it is refused now.' })
    onClose()
  }

  function stopWaiting() {
    call.current?.abort()
    toast.info(`${cloud.longName} is still deleting ${key.name}.`, { text: 'Refresh the list to see when it is gone.' })
    onClose()
  }

  return (
    <ConfirmDialog
      title={`Delete API key ${key.name}`}
      address={<AccessAddress of={of} />}
      hasFields={false}
      confirmation={typeNameOf({ name: key.name, id: key.key })}
      code={() => [
        { label: 'Code to delete the API key', snippets: access.removeCode(access.location(connection), key) },
      ]}
      cancelLabel="Keep the key"
      busyCancel={
        following ? (
          <Button onClick={stopWaiting}>Stop waiting</Button>
        ) : (
          <Button disabledReason="The request is under way.">Keep the key</Button>
        )
      }
      confirmLabel="Delete API key"
      busyLabel="Deleting API key"
      danger
      disabledReason={readOnly}
      run={run}
      describeError={(error) => ({ title: 'Not deleted, as far as is known.', error })}
      onClose={onClose}
    >
      {connection.apiKey === key.key ? (
        <Banner tone="warning" title="This is the key that this console itself signs with.">
          Without it, everything of {cloud.longName} is refused here, until the console is restarted with another key.
        </Banner>
      ) : null}
      <p>
        <b>
          Everything that signs with <Code>{key.key}</Code> is refused at once
        </b>
        , in every {cloud.capabilities.locationNoun}
        {roleName === undefined ? '' : `: whatever it does in the role ${roleName}`}. What was encrypted stays as it is.
      </p>
      <p>That can’t be taken back. A new API key has another secret, which every program that used this one needs.</p>
      {following ? <Working cloudName={cloud.longName} /> : null}
    </ConfirmDialog>
  )
}
