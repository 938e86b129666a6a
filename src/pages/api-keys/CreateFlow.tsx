import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useState } from 'react'
import { queries } from '../../clouds/queries.ts'
import { useToast } from '../../ui/Toast.tsx'
import { useLeaveGuard } from '../create-key/LeaveGuard.tsx'
import { type ChosenRole, CreateDialog, type CreatedKey } from './CreateDialog.tsx'
import { SecretDialog } from './SecretDialog.tsx'
import type { Managed } from './use-access.ts'

interface CreateFlowProps {
  managed: readonly Managed[]
  onClose: () => void
}

/** From the form to the secret, which lives here and nowhere else: gone when the dialog closes or the page is left. */
export function CreateFlow({ managed, onClose }: CreateFlowProps) {
  const client = useQueryClient()
  const toast = useToast()
  const [creating, setCreating] = useState(false)
  const [made, setMade] = useState<CreatedKey>()
  const [stored, setStored] = useState(false)
  const held = creating || (made !== undefined && !stored)
  const blocker = useLeaveGuard(useCallback(() => held, [held]))

  useEffect(() => {
    if (!made) return
    // A page that the browser keeps for its back button would keep the secret too.
    const drop = () => {
      setMade(undefined)
      onClose()
    }
    addEventListener('pagehide', drop)
    return () => removeEventListener('pagehide', drop)
  }, [made, onClose])

  async function create({ of, role }: ChosenRole, name: string) {
    setCreating(true)
    try {
      const location = of.access.location(of.connection)
      setMade({ of, key: await of.access.create(location, { name, roleId: role.id }) })
    } finally {
      setCreating(false)
      // Also after a failure: a key may have been made all the same.
      void client.invalidateQueries({ queryKey: queries.apiKeys(of.cloud.id).queryKey })
    }
  }

  if (!made) return <CreateDialog managed={managed} creating={creating} create={create} onClose={onClose} />
  return (
    <SecretDialog
      of={made.of}
      keyOf={made.key}
      stored={stored}
      onStored={setStored}
      leaving={blocker.state === 'blocked'}
      onClose={() => {
        setMade(undefined)
        toast.success(`Created ${made.key.name}.`, { text: 'It signs requests from now on.' })
        onClose()
      }}
    />
  )
}
