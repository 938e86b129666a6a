import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useState } from 'react'
import { queries } from '../../clouds/queries.ts'
import { Link } from '../../router/react.tsx'
import { useToast } from '../../ui/Toast.tsx'
import { usePageHide } from '../../ui/use-page-hide.ts'
import { useExclusiveMutation } from '../shared/use-exclusive-mutation.ts'
import { useLeaveGuard } from '../shared/use-leave-guard.ts'
import { useLinks } from '../use-project.ts'
import { CreateDialog, type CreatedKey, type CreateRequest } from './CreateDialog.tsx'
import { SecretDialog } from './SecretDialog.tsx'
import type { Managed } from './use-access.ts'

interface CreateFlowProps {
  managed: readonly Managed[]
  onClose: () => void
}

/** Leads to the list with that key alone. */
const ApiKeyLink = ({ id }: { id: string }) => (
  <Link className="link" to={useLinks().apiKeys({ q: id })}>
    View API key
  </Link>
)

/** From the form to the secret, which lives here and nowhere else: gone when the dialog closes or the page is left. */
export function CreateFlow({ managed, onClose }: CreateFlowProps) {
  const client = useQueryClient()
  const toast = useToast()
  const [made, setMade] = useState<CreatedKey>()
  const [stored, setStored] = useState(false)
  const creation = useExclusiveMutation(async ({ of, role, name }: CreateRequest) => {
    try {
      const location = of.access.location(of.connection)
      setMade({ of, key: await of.access.create(location, { name, roleId: role.id }) })
    } finally {
      // Also after a failure: the key may exist nevertheless.
      void client.invalidateQueries({ queryKey: queries.apiKeys(of.cloud.id).queryKey })
    }
  })
  const held = creation.isPending || (made !== undefined && !stored)
  const blocker = useLeaveGuard(useCallback(() => held, [held]))

  usePageHide(() => {
    if (!made) return
    setMade(undefined)
    onClose()
  })

  if (!made) return <CreateDialog managed={managed} creation={creation} onClose={onClose} />
  return (
    <SecretDialog
      of={made.of}
      kmsKey={made.key}
      stored={stored}
      onStored={setStored}
      leaving={blocker.state === 'blocked'}
      onClose={() => {
        setMade(undefined)
        toast.success(`Created ${made.key.name}.`, {
          text: 'It can sign requests now.',
          link: <ApiKeyLink id={made.key.key} />,
        })
        onClose()
      }}
    />
  )
}
