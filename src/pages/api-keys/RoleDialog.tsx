import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { detailsOf, mayHaveSucceeded } from '../../clouds/errors.ts'
import type { NewRoleRequest, Role, RoleChanges } from '../../clouds/iam.ts'
import type { KmsKey } from '../../clouds/model.ts'
import { queries } from '../../clouds/queries.ts'
import { count } from '../../lib/numbers.ts'
import { Banner } from '../../ui/Banner.tsx'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Field } from '../../ui/Field.tsx'
import { Input } from '../../ui/Input.tsx'
import { Select } from '../../ui/Select.tsx'
import { useToast } from '../../ui/Toast.tsx'
import { ErrorNote } from '../shared/Failure.tsx'
import { OrganisationPath } from '../shared/OrganisationPath.tsx'
import { ShowCode, type SnippetGroup } from '../shared/ShowCode.tsx'
import { useExclusiveMutation } from '../shared/use-exclusive-mutation.ts'
import { KeyField } from './KeyField.tsx'
import { PolicyField } from './PolicyField.tsx'
import { TryOut } from './TryOut.tsx'
import type { Managed } from './use-access.ts'
import { usePolicyCheck } from './use-policy-check.ts'

/** Everything typed; kept by the page, so that a closed dialog opens again as it was. */
export interface RoleDraft extends NewRoleRequest {
  readonly template?: string | undefined
  readonly key?: KmsKey | undefined
}

const draftOf = (role: Role | undefined, { emptyPolicyText }: Managed['access']): RoleDraft => ({
  name: role?.name ?? '',
  description: role?.description ?? '',
  policyText: role?.policyText ?? emptyPolicyText,
})

interface RoleDialogProps {
  of: Managed
  /** The role that is changed; undefined for a new one. */
  role: Role | undefined
  /** The console's own API key acts in it. */
  isOwn: boolean
  /** Undefined before anything was typed. */
  draft: RoleDraft | undefined
  onDraft: (draft: RoleDraft) => void
  onClose: () => void
  /** Saved, with the role's id where it is known. */
  onSaved: (id: string | undefined) => void
}

const changesOf = (role: Role, { description, policyText }: RoleDraft, access: Managed['access']): RoleChanges => ({
  ...(description === (role.description ?? '') ? {} : { description }),
  ...(policyText === draftOf(role, access).policyText ? {} : { policyText }),
})

const codeOf = ({ access, connection }: Managed, role: Role | undefined, draft: RoleDraft): SnippetGroup => {
  const location = access.location(connection)
  return role
    ? {
        label: 'Code to change the role',
        snippets: access.changeRoleCode(location, role, changesOf(role, draft, access)),
      }
    : {
        label: 'Code to create the role',
        snippets: access.createRoleCode(location, { ...draft, name: draft.name || 'NAME' }),
      }
}

/** Faults of the fields, each as a sentence. */
function faultsOf({ name, description }: RoleDraft, role: Role | undefined, { access: { limits } }: Managed) {
  const long = (text: string, max: number) =>
    Array.from(text).length > max ? `At most ${max} characters; this has ${Array.from(text).length}.` : undefined
  return {
    name: name.trim() === '' ? 'Give the role a name.' : long(name, limits.roleName.max),
    description:
      role?.description !== undefined && description === ''
        ? 'The API does not remove a description. Change it instead.'
        : long(description, limits.roleDescription.max),
  }
}

/** Creates a role from a template, or changes one: name, policy, and a try-out of the policy as it is typed. */
export function RoleDialog({ of, role, isOwn, onDraft, onClose, onSaved, ...kept }: RoleDialogProps) {
  const { cloud, connection, access } = of
  const draft = kept.draft ?? draftOf(role, access)
  const { name, description, policyText } = draft
  const client = useQueryClient()
  const toast = useToast()
  const [sent, setSent] = useState(false)
  /** The cloud finishes the change later. */
  const [following, setFollowing] = useState(false)
  const call = useRef<AbortController>(null)
  const { tools, isError: failed, retry, checked } = usePolicyCheck(of, policyText)
  const found = checked?.remarks ?? []
  const errors = found.filter(({ tone }) => tone === 'error').length
  /** Parts that read the policy take the text that was checked, which may be one letter behind. */
  const valid = checked && errors === 0 ? checked.text : undefined
  const location = access.location(connection)
  const changes = role && changesOf(role, draft, access)
  const { mutate, error, isPending, reset } = useExclusiveMutation(async () => {
    let id = role?.id
    call.current = new AbortController()
    const following = { progress: () => setFollowing(true), signal: call.current.signal }
    try {
      if (role && changes) await access.changeRole(location, role, changes, following)
      else id = await access.createRole(location, draft, following)
    } finally {
      setFollowing(false)
      // Also after a failure: one of two changes may be made, or the role may exist.
      await client.invalidateQueries({ queryKey: queries.roles(cloud.id).queryKey })
    }
    toast.success(`${role ? 'Changed' : 'Created'} role ${name}.`)
    onSaved(id)
  })

  const details = error === null ? undefined : detailsOf(error)
  const faults = faultsOf(draft, role, of)
  const errorAt = (field: 'name' | 'description') =>
    details?.field === field ? `${details.message} ${details.advice}` : sent ? faults[field] : undefined
  const refusedLine = details?.field === 'policy' ? tools?.lineOf(policyText, details.message) : undefined
  const remarks =
    details && refusedLine !== undefined
      ? [...found, { line: refusedLine, tone: 'error', message: details.message } as const]
      : found
  const isShownAtField = details?.field === 'name' || details?.field === 'description' || refusedLine !== undefined

  const change = (part: Partial<RoleDraft>) => {
    if (error !== null) reset()
    onDraft({ ...draft, ...part })
  }
  const template = tools?.templates.find(({ id }) => id === draft.template)
  const fromTemplate = (id: string | undefined, key: KmsKey | undefined) => {
    const chosen = tools?.templates.find((one) => one.id === id)
    const text = chosen && (!chosen.isForKey || key) ? { policyText: chosen.policy(key?.id ?? '') } : {}
    change({ template: id, key, ...text })
  }
  const isIncomplete = template?.isForKey === true && draft.key === undefined

  const submit = () => {
    setSent(true)
    if (!faults.name && !faults.description && valid === policyText && !isIncomplete) mutate()
  }
  const disabledReason = !tools
    ? 'The editor is loading.'
    : changes && Object.keys(changes).length === 0
      ? 'Nothing is changed.'
      : undefined

  return (
    <Dialog
      open
      wide="editor"
      keep
      busy={isPending}
      onClose={onClose}
      title={role ? `Edit role ${role.name}` : 'Create a role'}
      address={<OrganisationPath of={of} />}
      error={
        error === null || isShownAtField ? undefined : (
          <ErrorNote
            title={mayHaveSucceeded(error) ? 'The result is unknown. Check the list of roles.' : 'Nothing was saved.'}
            error={error}
          />
        )
      }
      onSubmit={submit}
      footer={
        <>
          <Button
            disabledReason={isPending && !following ? 'The request is under way.' : undefined}
            onClick={() => {
              call.current?.abort()
              onClose()
            }}
          >
            {isPending ? 'Stop waiting' : 'Not now'}
          </Button>
          <Button
            type="submit"
            variant="primary"
            busy={isPending}
            disabledReason={isPending ? undefined : disabledReason}
          >
            {isPending ? 'Saving role' : role ? 'Save role' : 'Create role'}
          </Button>
        </>
      }
    >
      {isOwn ? (
        <Banner tone="warning" title="This console acts in this role.">
          The change takes effect at once. A policy that refuses iam also refuses to change it back.
        </Banner>
      ) : null}
      {failed ? (
        <Banner
          tone="danger"
          title="The policy editor could not be loaded."
          actions={
            <Button size="sm" onClick={retry}>
              Retry
            </Button>
          }
        />
      ) : null}
      <div className="grid gap-x-8 gap-y-5 min-[900px]:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="grid grid-cols-[minmax(0,1fr)] content-start gap-4">
          {role ? null : (
            <Field label="Name" fixed error={errorAt('name')}>
              {(control) => (
                <Input
                  {...control}
                  value={name}
                  autoCapitalize="none"
                  spellCheck={false}
                  onChange={(event) => change({ name: event.target.value })}
                />
              )}
            </Field>
          )}
          <Field label="Description" optional error={errorAt('description')}>
            {(control) => (
              <Input
                {...control}
                value={description}
                onChange={(event) => change({ description: event.target.value })}
              />
            )}
          </Field>
          {role || !tools ? null : (
            <Field label="Template" optional hint="It replaces the policy below.">
              {(control) => (
                <Select
                  {...control}
                  className="w-full"
                  options={tools.templates.map(({ id, label }) => ({ value: id, label }))}
                  value={draft.template}
                  placeholder="Choose a template"
                  onChange={(id) => fromTemplate(id, draft.key)}
                />
              )}
            </Field>
          )}
          {template?.isForKey ? (
            <KeyField
              of={of}
              label="Key of the role"
              chosen={draft.key}
              error={sent && isIncomplete ? 'Choose the key that the role is for.' : undefined}
              onChoose={(key) => fromTemplate(draft.template, key)}
            />
          ) : null}
          <PolicyField
            value={policyText}
            remarks={remarks}
            error={sent && errors > 0 ? `${count(errors, 'error')} in the policy. See the marked lines.` : undefined}
            onChange={(text) => change({ policyText: text })}
          />
          {checked?.allows === undefined ? null : (
            <p className="text-fg-muted text-sm" role="status">
              Allows: {checked.allows}
            </p>
          )}
          <ShowCode
            disabledReason={errors > 0 ? 'The policy has errors.' : disabledReason}
            groups={() => (valid === undefined ? [] : [codeOf(of, role, { ...draft, policyText: valid })])}
          />
        </div>
        {tools ? <TryOut of={of} tools={tools} policyText={valid} suggestedKey={draft.key} /> : null}
      </div>
    </Dialog>
  )
}
