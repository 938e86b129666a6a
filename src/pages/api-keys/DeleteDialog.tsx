import { useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import type { Following } from '../../clouds/iam.ts'
import { queries } from '../../clouds/queries.ts'
import type { Snippet } from '../../clouds/snippet.ts'
import { Button } from '../../ui/Button.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import { useToast } from '../../ui/Toast.tsx'
import { ConfirmDialog, typeNameOf } from '../shared/ConfirmDialog.tsx'
import { OrganisationPath } from '../shared/OrganisationPath.tsx'
import { useChangeRefusal } from '../use-change-refusal.ts'
import type { Managed } from './use-access.ts'

interface DeleteDialogProps {
  of: Managed
  noun: 'API key' | 'role'
  name: string
  id: string
  /** Consequences. */
  children: ReactNode
  /** Why it can't be deleted. */
  refusal?: string | undefined
  remove: (location: string, following: Following) => Promise<void>
  code: (location: string) => readonly Snippet[]
  /** What is so from then on. */
  done: string
  onClose: () => void
}

/** Confirmation before an API key or a role is deleted; stays open until the provider has finished the deletion. */
export function DeleteDialog(props: DeleteDialogProps) {
  const { of, noun, name, id, children, refusal, remove, code, done, onClose } = props
  const { cloud, connection, access } = of
  const client = useQueryClient()
  const toast = useToast()
  const notAllowed = useChangeRefusal('deleteApiKey', cloud.id)
  const [following, setFollowing] = useState(false)
  const call = useRef<AbortController>(null)
  useEffect(() => () => call.current?.abort(), [])
  const location = access.location(connection)

  async function run() {
    const controller = new AbortController()
    call.current = controller
    try {
      await remove(location, { progress: () => setFollowing(true), signal: controller.signal })
    } finally {
      setFollowing(false)
      // Also after a refusal, which often means that the list on screen is outdated.
      const list = noun === 'role' ? queries.roles : queries.apiKeys
      await client.invalidateQueries({ queryKey: list(cloud.id).queryKey })
    }
    toast.success(`Deleted ${name}.`, { text: done })
    onClose()
  }

  function stopWaiting() {
    call.current?.abort()
    toast.info(`${cloud.longName} is still deleting ${name}.`, { text: 'Refresh the list to see when it is gone.' })
    onClose()
  }

  const keep = `Keep the ${noun === 'role' ? 'role' : 'key'}`
  return (
    <ConfirmDialog
      title={`Delete ${noun} ${name}`}
      address={<OrganisationPath of={of} />}
      hasFields={false}
      confirmation={
        refusal === undefined ? { ...typeNameOf({ name, id }), missing: 'Type the name first.' } : undefined
      }
      code={() => [{ label: `Code to delete the ${noun}`, snippets: code(location) }]}
      cancelLabel={keep}
      busyCancel={
        following ? (
          <Button onClick={stopWaiting}>Stop waiting</Button>
        ) : (
          <Button disabledReason="The request is under way.">{keep}</Button>
        )
      }
      confirmLabel={`Delete ${noun}`}
      busyLabel={`Deleting ${noun}`}
      danger
      disabledReason={notAllowed ?? refusal}
      run={run}
      describeError={(error) => ({ title: `The ${noun} may still exist.`, error })}
      onClose={onClose}
    >
      {children}
      {following ? (
        <p role="status" className="flex items-center gap-2 text-sm">
          <Spinner size={14} />
          {cloud.longName} is working on it…
        </p>
      ) : null}
    </ConfirmDialog>
  )
}
