import type { ReactNode } from 'react'
import type { Capabilities } from '../../clouds/capabilities.ts'
import type { Cloud } from '../../clouds/cloud.ts'
import { isPendingDeletion } from '../../clouds/key-status.ts'
import { addressOf, type KmsKey } from '../../clouds/model.ts'
import { formatNumber } from '../../lib/numbers.ts'
import { Code } from '../../ui/Code.tsx'
import { Field } from '../../ui/Field.tsx'
import { Input } from '../../ui/Input.tsx'
import { Textarea } from '../../ui/Textarea.tsx'
import { KeyLink } from '../shared/KeyLink.tsx'
import { canRotate, externalOf, keyWithSameName } from './draft.ts'
import { HintedCheckbox, refusalText } from './fields.tsx'
import { KeyValueRows } from './KeyValueRows.tsx'
import { RotationFields } from './RotationFields.tsx'
import type { Wizard } from './use-wizard.ts'
import { characterCount } from './validate.ts'

interface NameTakenProps {
  readonly name: string
  readonly capabilities: Capabilities
  readonly location: string
  /** Key with that name, where the list has it. */
  readonly holder: KmsKey | undefined
}

/** The name, or its slug where the provider derives one, is unique within a location. */
function NameTaken({ name, capabilities, location, holder }: NameTakenProps) {
  const slug = capabilities.slugOf?.(name.trim())
  return (
    <span role="alert">
      {slug === undefined ? <>The name “{name.trim()}”</> : <>The slug {<Code>{slug}</Code>}</>} is taken in {location}
      {holder ? ` by ${holder.name}` : ''}
      {holder && isPendingDeletion(holder) ? ', a key that is pending deletion' : ''}. Choose another name
      {holder ? (
        <>
          {' '}
          or <KeyLink to={addressOf(holder)}>open that key</KeyLink>
        </>
      ) : null}
      .
    </span>
  )
}

interface FieldsProps {
  readonly wizard: Wizard
  readonly cloud: Cloud
  readonly location: string
}

function NameField({ wizard, cloud: { capabilities }, location }: FieldsProps) {
  const { draft, set, errors, refusal, keys, isNameTaken, leaveName } = wizard
  const refused = refusal?.field === 'name' ? refusal : undefined
  const slug = capabilities.slugOf?.(draft.name.trim())
  const error: ReactNode =
    isNameTaken || refused?.reason === 'name-taken' ? (
      <NameTaken
        name={draft.name}
        capabilities={capabilities}
        location={location}
        holder={keyWithSameName(draft.name, keys, capabilities)}
      />
    ) : (
      (refusalText(refused, 'name') ?? errors.name)
    )
  return (
    <Field
      label="Name"
      error={error}
      hint={slug ? <>Its slug: {<Code>{slug}</Code>}</> : capabilities.name.pattern?.description}
    >
      {(control) => (
        <Input
          {...control}
          required
          value={draft.name}
          onChange={({ target }) => set('name', target.value)}
          onBlur={leaveName}
        />
      )}
    </Field>
  )
}

/** Name, description, labels, options of the key, and its rotation. */
export function NameStep(wizard: Wizard) {
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
      {capabilities.labels
        ? (['labels', 'annotations'] as const).map((field) => (
            <KeyValueRows
              key={field}
              field={field}
              pairs={draft[field]}
              onChange={(pairs) => set(field, pairs)}
              errors={errors}
              refusal={refusalText(refusal, field)}
            />
          ))
        : null}
      {capabilities.multiZone && !externalOf(draft, capabilities) ? (
        <HintedCheckbox
          label="Multi-zone"
          hint={`After creation you can replicate the key to other ${capabilities.locationNoun}s.`}
          checked={draft.multiZone}
          onChange={(on) => set('multiZone', on)}
        />
      ) : null}
      {capabilities.exportAllowance ? (
        <HintedCheckbox
          label="Allow export"
          hint="Anyone who can encrypt with this key can export it. An exported copy can’t be revoked."
          checked={draft.exportAllowed}
          onChange={(on) => set('exportAllowed', on)}
        />
      ) : null}
      {canRotate(draft, capabilities) ? <RotationFields wizard={wizard} capabilities={capabilities} /> : null}
    </div>
  )
}
