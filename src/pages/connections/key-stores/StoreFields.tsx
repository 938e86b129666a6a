import type { RefObject } from 'react'
import type { KeyStore } from '../../../clouds/key-stores.ts'
import { Checkbox } from '../../../ui/Checkbox.tsx'
import { Field } from '../../../ui/Field.tsx'
import { Input } from '../../../ui/Input.tsx'
import type { StoreDraft, StoreField } from './store-draft.ts'

interface StoreFieldsProps {
  store: KeyStore | undefined
  draft: StoreDraft
  /** Its text stays in the field: no state of the console holds it. */
  secret: RefObject<HTMLInputElement | null>
  errorAt: (field: StoreField) => string | undefined
  onChange: (part: Partial<StoreDraft>) => void
}

export function StoreFields({ store, draft, secret, errorAt, onChange }: StoreFieldsProps) {
  return (
    <>
      {store ? null : (
        <Field label="Name" fixed error={errorAt('name')}>
          {(control) => (
            <Input
              {...control}
              value={draft.name}
              autoCapitalize="none"
              spellCheck={false}
              onChange={(event) => onChange({ name: event.target.value })}
            />
          )}
        </Field>
      )}
      <Field label="Description" optional error={errorAt('description')}>
        {(control) => (
          <Input
            {...control}
            value={draft.description}
            onChange={(event) => onChange({ description: event.target.value })}
          />
        )}
      </Field>
      <Field
        label="Endpoint"
        error={errorAt('endpoint')}
        hint="Public https address of the proxy in front of the key manager."
      >
        {(control) => (
          <Input
            {...control}
            mono
            type="url"
            value={draft.endpoint}
            placeholder="https://proxy.example.com"
            spellCheck={false}
            onChange={(event) => onChange({ endpoint: event.target.value })}
          />
        )}
      </Field>
      <Field label="Access key" error={errorAt('accessKey')} hint="The proxy knows its callers by it.">
        {(control) => (
          <Input
            {...control}
            mono
            value={draft.accessKey}
            autoCapitalize="none"
            spellCheck={false}
            onChange={(event) => onChange({ accessKey: event.target.value })}
          />
        )}
      </Field>
      <Field
        label="Secret key"
        optional={store !== undefined}
        error={errorAt('secretKey')}
        hint={
          store
            ? 'Empty: both stay as they are. Access key and secret key are changed together.'
            : 'It is not shown again.'
        }
      >
        {(control) => (
          <Input
            {...control}
            ref={secret}
            mono
            type="password"
            spellCheck={false}
            onInput={({ currentTarget }) => onChange({ hasSecret: currentTarget.value !== '' })}
          />
        )}
      </Field>
      {store ? null : (
        <Checkbox
          checked={draft.connects}
          label="Connect after creating"
          hint="Keys can be created and used while the key store is connected."
          onChange={(connects) => onChange({ connects })}
        />
      )}
    </>
  )
}
