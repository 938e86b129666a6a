import { Suspense, useState } from 'react'
import { lazyComponent } from '../../ui/lazy-component.ts'
import type { ApiKeyRow, RoleRow } from './access-rows.ts'
import type { RoleDraft } from './RoleDialog.tsx'
import type { Managed } from './use-access.ts'

const CreateFlow = lazyComponent(() => import('./CreateFlow.tsx').then(({ CreateFlow }) => CreateFlow))
const DeleteKey = lazyComponent(() => import('./DeleteKey.tsx').then(({ DeleteKey }) => DeleteKey))
const RoleDialog = lazyComponent(() => import('./RoleDialog.tsx').then(({ RoleDialog }) => RoleDialog))
const DeleteRole = lazyComponent(() => import('./DeleteRole.tsx').then(({ DeleteRole }) => DeleteRole))

/** What a dialog is open for; without a row, something new. */
export type Asked =
  | { readonly to: 'create key' }
  | { readonly to: 'delete key'; readonly row: ApiKeyRow }
  | { readonly to: 'create role' }
  | { readonly to: 'edit role' | 'delete role'; readonly row: RoleRow }

interface AccessDialogsProps {
  asked: Asked | undefined
  managed: readonly Managed[]
  onClose: () => void
  onRole: (id: string) => void
}

export const AccessDialogs = (props: AccessDialogsProps) => (
  <Suspense>
    <AccessDialog {...props} />
  </Suspense>
)

function AccessDialog({ asked, managed, onClose, onRole }: AccessDialogsProps) {
  /** By id of the role; the new one's is empty. */
  const [drafts, setDrafts] = useState<Readonly<Record<string, RoleDraft | undefined>>>({})
  if (!asked) return null
  const row = 'row' in asked ? asked.row : undefined
  const of = managed.find(({ cloud }) => row === undefined || cloud.id === row.cloud)
  if (!of) return null
  if (asked.to === 'create key') return <CreateFlow managed={managed} onClose={onClose} />
  if (asked.to === 'delete key') {
    const { id, key, role } = asked.row
    const roleName = typeof role === 'object' ? role.role.name : undefined
    return <DeleteKey key={id} of={of} kmsKey={key} roleName={roleName} onClose={onClose} />
  }
  if (asked.to === 'delete role') return <DeleteRole of={of} role={asked.row.role} onClose={onClose} />
  const listed = asked.to === 'edit role' ? asked.row.role : undefined
  const id = listed?.id ?? ''
  const keep = (draft: RoleDraft | undefined) => setDrafts((before) => ({ ...before, [id]: draft }))
  return (
    <RoleDialog
      of={of}
      role={of.roles.data?.items.find((role) => role.id === id) ?? listed}
      isOwn={of.keys.data?.items.some(({ key, roleId }) => key === of.connection.apiKey && roleId === id) ?? false}
      draft={drafts[id]}
      onDraft={keep}
      onClose={onClose}
      onSaved={(saved) => {
        keep(undefined)
        onClose()
        if (saved !== undefined) onRole(saved)
      }}
    />
  )
}
