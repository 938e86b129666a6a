import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import type { ApiKey } from '../../clouds/iam.ts'
import { queries } from '../../clouds/queries.ts'
import { Banner } from '../../ui/Banner.tsx'
import { Button } from '../../ui/Button.tsx'
import { Code } from '../../ui/Code.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import { useToast } from '../../ui/Toast.tsx'
import { TypedConfirmation } from '../../ui/TypedConfirmation.tsx'
import { ErrorNote } from '../shared/Failure.tsx'
import { ShowCode } from '../shared/ShowCode.tsx'
import { AccessAddress } from './AccessAddress.tsx'
import { type Managed, useReadOnlyReason } from './use-access.ts'

interface DeleteDialogProps {
  of: Managed
  keyOf: ApiKey
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

/** Asks for the key's name, then follows the deletion to its end. Stays open with the error when it fails. */
export function DeleteDialog({ of, keyOf: key, roleName, onClose }: DeleteDialogProps) {
  const { cloud, connection, access } = of
  const client = useQueryClient()
  const toast = useToast()
  const readOnly = useReadOnlyReason()
  const [typed, setTyped] = useState('')
  const [state, setState] = useState<'asking' | 'sending' | 'following'>('asking')
  const [error, setError] = useState<unknown>()
  const following = useRef<AbortController>(null)
  useEffect(() => () => following.current?.abort(), [])
  const busy = state !== 'asking'
  const reason = readOnly ?? (typed === key.name ? undefined : 'Type the name of the key first.')

  async function submit() {
    if (reason !== undefined || busy) return
    const controller = new AbortController()
    following.current = controller
    setState('sending')
    setError(undefined)
    const progress = () => setState('following')
    try {
      await access.remove(access.location(connection), key, { progress, signal: controller.signal })
    } catch (refused) {
      if (!controller.signal.aborted) setError(refused)
      setState('asking')
      return
    } finally {
      // Also after a refusal: it often means that the list is not what this page believes.
      await client.invalidateQueries({ queryKey: queries.apiKeys(cloud.id).queryKey })
    }
    toast.success(`Deleted ${key.name}.`, { text: 'Whatever signs with it is refused now.' })
    onClose()
  }

  function stopWaiting() {
    following.current?.abort()
    toast.info(`${cloud.longName} is still deleting ${key.name}.`, { text: 'Refresh the list to see when it is gone.' })
    onClose()
  }

  return (
    <Dialog
      open
      busy={busy}
      onClose={onClose}
      title={`Delete API key ${key.name}`}
      address={<AccessAddress of={of} />}
      error={error === undefined ? undefined : <ErrorNote title="Not deleted, as far as is known." error={error} />}
      onSubmit={() => void submit()}
      footer={
        <>
          {state === 'following' ? (
            <Button onClick={stopWaiting}>Stop waiting</Button>
          ) : (
            <Button onClick={onClose} disabledReason={busy ? 'The request is under way.' : undefined}>
              Keep the key
            </Button>
          )}
          <Button type="submit" variant="danger" busy={busy} disabledReason={busy ? undefined : reason}>
            {busy ? 'Deleting API key' : 'Delete API key'}
          </Button>
        </>
      }
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
      {busy ? null : <TypedConfirmation name={key.name} value={typed} onChange={setTyped} />}
      <ShowCode
        groups={() => [
          { label: 'Code to delete the API key', snippets: access.removeCode(access.location(connection), key) },
        ]}
      />
      {state === 'following' ? <Working cloudName={cloud.longName} /> : null}
    </Dialog>
  )
}
