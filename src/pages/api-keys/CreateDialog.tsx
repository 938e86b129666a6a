import { useState } from 'react'
import { detailsOf, mayHaveSucceeded } from '../../clouds/errors.ts'
import type { ApiKey, NewApiKey, Role } from '../../clouds/iam.ts'
import { formatNumber } from '../../lib/numbers.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Field } from '../../ui/Field.tsx'
import { Input } from '../../ui/Input.tsx'
import { Picker } from '../../ui/Picker.tsx'
import { CloudMark } from '../shared/CloudMark.tsx'
import { ErrorNote } from '../shared/Failure.tsx'
import { OrganisationPath } from '../shared/OrganisationPath.tsx'
import { ShowCode, type SnippetGroup } from '../shared/ShowCode.tsx'
import type { useExclusiveMutation } from '../shared/use-exclusive-mutation.ts'
import { LostResponse } from './LostResponse.tsx'
import { PolicyView } from './PolicyView.tsx'
import type { Managed } from './use-access.ts'

interface ChosenRole {
  readonly of: Managed
  readonly role: Role
}

export interface CreateRequest extends ChosenRole {
  readonly name: string
  /** Ids of the keys before the request. */
  readonly known: ReadonlySet<string>
  /** Instant of the request; milliseconds since the epoch. */
  readonly since: number
}

interface CreateDialogProps {
  managed: readonly Managed[]
  creation: ReturnType<typeof useExclusiveMutation<CreateRequest>>
  onClose: () => void
}

/** Problem of the name, as one sentence; undefined when it can be sent. */
function nameProblem(name: string, { min, max }: { min: number; max: number }): string | undefined {
  if (name.trim() === '' || name.length < min) return 'Give the key a name, such as that of its program.'
  return name.length > max
    ? `A name has at most ${formatNumber(max)} characters; this one has ${name.length}.`
    : undefined
}

/** Least privilege first. */
const narrowFirst = (roles: readonly Role[]): readonly Role[] =>
  roles.toSorted((a, b) => a.breadth - b.breadth || a.name.localeCompare(b.name, 'en', { numeric: true }))

const roleId = ({ of, role }: ChosenRole) => `${of.cloud.id} ${role.id}`

interface RoleFieldProps {
  managed: readonly Managed[]
  chosen: ChosenRole | undefined
  error: string | undefined
  onChoose: (chosen: ChosenRole) => void
}

function RoleField({ managed, chosen, error, onChoose }: RoleFieldProps) {
  const unread = managed.filter(({ roles }) => roles.data === undefined && roles.isError)
  return (
    <Field label="Role" fixed error={error} hint="What the key can do. Roles that allow least come first.">
      {(control) => (
        <Picker<ChosenRole>
          {...control}
          fitted
          label="Role"
          className="w-full"
          placeholder="Choose a role"
          searchPlaceholder="Find a role"
          none="No role matches."
          groups={managed.map((of) => ({
            key: of.cloud.id,
            label: (
              <>
                <CloudMark cloud={of.cloud.id} />
                {of.cloud.longName}
              </>
            ),
            options: narrowFirst(of.roles.data?.items ?? []).map((role) => ({
              key: roleId({ of, role }),
              value: { of, role },
              text: role.name,
              keywords: `${role.id} ${role.description ?? ''}`,
              end: role.allows,
            })),
          }))}
          selected={chosen && roleId(chosen)}
          onChange={onChoose}
          footer={
            unread.length === 0 ? undefined : (
              <span className="text-warning-fg">
                The roles of {unread.map(({ cloud }) => cloud.longName).join(', ')} could not be read.
              </span>
            )
          }
        />
      )}
    </Field>
  )
}

function codeOf(of: Managed, role: Role | undefined, name: string): SnippetGroup {
  const wanted = {
    name: name.trim() === '' ? 'NAME' : name,
    roleId: role?.id ?? 'ROLE-ID',
    roleName: role?.name ?? 'ROLE',
  }
  return {
    label: 'Code to create the API key',
    snippets: of.access.createCode(of.access.location(of.connection), wanted),
    note: 'The answer contains the secret.',
  }
}

/** Name and role of a new API key. Everything typed stays when the creation fails. */
export function CreateDialog({ managed, creation, onClose }: CreateDialogProps) {
  const [name, setName] = useState('')
  const [role, setRole] = useState<ChosenRole>()
  const [tried, setTried] = useState(false)

  // The roles are read again now and then: the selected one is looked up in the latest list.
  const of = managed.find(({ cloud }) => cloud.id === role?.of.cloud.id) ?? managed[0]
  if (!of) return null
  const chosen = role && { of, role: of.roles.data?.items.find(({ id }) => id === role.role.id) ?? role.role }
  const problem = nameProblem(name, of.access.limits.name)
  const { error } = creation
  const lost = creation.isError && mayHaveSucceeded(error) ? creation.variables : undefined
  const details = error === null ? undefined : detailsOf(error)
  const refusedName = details?.field === 'name' ? `${details.message} ${details.advice}` : undefined

  const submit = () => {
    setTried(true)
    if (!chosen || problem !== undefined) return
    const known = new Set((of.keys.data?.items ?? []).map(({ key }: ApiKey) => key))
    creation.mutate({ ...chosen, name, known, since: Date.now() })
  }

  const notes = () => {
    if (lost) {
      const latest = managed.find(({ cloud }) => cloud.id === lost.of.cloud.id) ?? lost.of
      return <LostResponse name={lost.name} known={lost.known} since={lost.since} error={error} of={latest} />
    }
    return error === null || refusedName !== undefined ? undefined : (
      <ErrorNote title="No API key was created." error={error} />
    )
  }

  return (
    <Dialog
      open
      wide
      keep
      busy={creation.isPending}
      onClose={onClose}
      title="Create an API key"
      address={<OrganisationPath of={of} />}
      error={notes()}
      onSubmit={submit}
      footer={
        <>
          <Button onClick={onClose}>Not now</Button>
          <Button type="submit" variant="primary" busy={creation.isPending}>
            {creation.isPending ? 'Creating API key' : lost ? 'Create another API key' : 'Create API key'}
          </Button>
        </>
      }
    >
      <Field label="Name" fixed error={refusedName ?? (tried ? problem : undefined)}>
        {(control) => (
          <Input
            {...control}
            value={name}
            autoCapitalize="none"
            spellCheck={false}
            onChange={(event) => {
              setName(event.target.value)
              if (creation.isError && !lost) creation.reset()
            }}
          />
        )}
      </Field>
      <RoleField
        managed={managed}
        chosen={chosen}
        error={tried && !chosen ? 'Choose the role that the key acts in.' : undefined}
        onChoose={setRole}
      />
      {/* What to check counts more then, and must be in sight. */}
      {chosen && !lost ? <PolicyView key={roleId(chosen)} of={of} role={chosen.role} /> : null}
      <ShowCode groups={() => [codeOf(of, chosen?.role, name)]} />
    </Dialog>
  )
}

export type CreatedKey = { readonly of: Managed; readonly key: NewApiKey }
