import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { emptyList } from '../../clouds/answer.ts'
import type { Capabilities } from '../../clouds/capabilities.ts'
import type { Cloud } from '../../clouds/cloud.ts'
import type { CallErrorDetails } from '../../clouds/errors.ts'
import { isPendingDeletion } from '../../clouds/key-status.ts'
import { addressOf, type KmsKey } from '../../clouds/model.ts'
import { queries } from '../../clouds/queries.ts'
import { formatNumber } from '../../lib/numbers.ts'
import { Code } from '../../ui/Code.tsx'
import { Field } from '../../ui/Field.tsx'
import { Input } from '../../ui/Input.tsx'
import { Textarea } from '../../ui/Textarea.tsx'
import { KeyLink } from '../shared/KeyLink.tsx'
import { useProject } from '../use-project.ts'
import { keyWithSameName } from './draft.ts'
import { FieldWarning, PermanentCheckbox } from './fields.tsx'
import { KeyValueRows } from './KeyValueRows.tsx'
import type { Wizard } from './use-wizard.ts'
import { characterCount } from './validate.ts'

/** Name, or its slug where the provider derives one: unique within a location. */
function NameOrSlug({ name, capabilities }: { name: string; capabilities: Capabilities }) {
  if (!capabilities.slugOf) return <>The name “{name.trim()}”</>
  return (
    <>
      The slug <Code>{capabilities.slugOf(name.trim())}</Code>
    </>
  )
}

const deletionNote = (key: KmsKey) =>
  isPendingDeletion(key) ? ', whose deletion is scheduled: it keeps the name until it is destroyed' : ''

interface NameTakenProps {
  readonly name: string
  readonly capabilities: Capabilities
  readonly location: string
  /** Key with that name, where the list has it. */
  readonly holder: KmsKey | undefined
}

function NameTaken({ name, capabilities, location, holder }: NameTakenProps) {
  return (
    <>
      <NameOrSlug name={name} capabilities={capabilities} /> is taken in {location}
      {holder ? ` by ${holder.name}${deletionNote(holder)}` : ''}. Choose another name
      {holder ? (
        <>
          {' '}
          or <KeyLink to={addressOf(holder)}>open that key</KeyLink>
        </>
      ) : null}
      .
    </>
  )
}

function nameRefusal(refusal: CallErrorDetails | undefined, taken: ReactNode): ReactNode {
  if (refusal?.field !== 'name') return undefined
  return refusal.reason === 'name-taken' ? taken : `${refusal.message} ${refusal.advice}`
}

interface NameFieldProps {
  readonly wizard: Wizard
  readonly cloud: Cloud
  readonly location: string
}

function NameField({ wizard: { draft, set, errors, refusal }, cloud, location }: NameFieldProps) {
  const { capabilities } = cloud
  const { items: keys } = useQuery(queries.keys(cloud.id, location, useProject())).data ?? emptyList
  const holder = keyWithSameName(draft.name, keys, capabilities)
  const taken = <NameTaken name={draft.name} capabilities={capabilities} location={location} holder={holder} />
  const error = nameRefusal(refusal, taken) ?? errors.name
  const slug = capabilities.slugOf?.(draft.name.trim())
  return (
    <div>
      <Field
        label="Name"
        fixed
        error={error}
        hint={slug ? <>Its slug: {<Code>{slug}</Code>}</> : capabilities.name.pattern?.description}
      >
        {(control) => (
          <Input {...control} required value={draft.name} onChange={({ target }) => set('name', target.value)} />
        )}
      </Field>
      {holder && error === undefined ? <FieldWarning>{taken}</FieldWarning> : null}
    </div>
  )
}

const refusalText = (refusal: CallErrorDetails | undefined, field: string) =>
  refusal?.field === field ? `${refusal.message} ${refusal.advice}` : undefined

/** Name, description, labels and options that are fixed at creation. */
export function DetailsStep(wizard: Wizard) {
  const { draft, set, errors, refusal, cloud, location } = wizard
  if (!cloud || location === undefined) return null
  const { capabilities } = cloud
  const length = characterCount(draft.description.trim())
  return (
    <div className="grid gap-[18px]">
      <NameField wizard={wizard} cloud={cloud} location={location} />
      {capabilities.description ? (
        <Field
          label="Description"
          optional
          fixed
          error={refusalText(refusal, 'description') ?? errors.description}
          hint={`${formatNumber(length)} of ${formatNumber(capabilities.description.max)} characters`}
        >
          {(control) => (
            <Textarea
              {...control}
              value={draft.description}
              onChange={({ target }) => set('description', target.value)}
            />
          )}
        </Field>
      ) : null}
      {capabilities.labels ? (
        <>
          <KeyValueRows
            field="labels"
            hint="To find and group keys by."
            pairs={draft.labels}
            onChange={(pairs) => set('labels', pairs)}
            errors={errors}
            refusal={refusalText(refusal, 'labels')}
          />
          <KeyValueRows
            field="annotations"
            hint="Notes for tools and people."
            pairs={draft.annotations}
            onChange={(pairs) => set('annotations', pairs)}
            errors={errors}
            refusal={refusalText(refusal, 'annotations')}
          />
        </>
      ) : null}
      {capabilities.multiZone ? (
        <PermanentCheckbox
          label="Multi-zone"
          hint={`The key can be replicated to other ${capabilities.locationNoun}s later, under the same id.`}
          checked={draft.multiZone}
          onChange={(on) => set('multiZone', on)}
        />
      ) : null}
      {capabilities.exportAllowance ? (
        <PermanentCheckbox
          label="Allow export"
          hint="Whoever may use the key may then also take its secret material out of the cloud, and what is out can’t be called back. Leave it off unless another system needs the material."
          checked={draft.exportAllowed}
          onChange={(on) => set('exportAllowed', on)}
        />
      ) : null}
    </div>
  )
}
