import { useQuery } from '@tanstack/react-query'
import type { Cloud } from '../../clouds/cloud.ts'
import { keyStoreQueries } from '../../clouds/key-store-queries.ts'
import { Field } from '../../ui/Field.tsx'
import { Input } from '../../ui/Input.tsx'
import { RadioCards } from '../../ui/RadioCards.tsx'
import { Select } from '../../ui/Select.tsx'
import { refusalText } from './fields.tsx'
import type { Wizard } from './use-wizard.ts'

/** Where the material is: with the provider, or in a connected key store. Nothing while no store is connected. */
export function StoreChoice({ wizard, cloud }: { readonly wizard: Wizard; readonly cloud: Cloud }) {
  const { draft, set, errors, refusal } = wizard
  const list = useQuery(keyStoreQueries.list(cloud.id)).data
  const stores = list?.items.filter(({ connected }) => connected) ?? []
  const [first] = stores
  const { external } = draft
  if (!first && !external) return null
  const isConnected = stores.some(({ id }) => id === external?.store)
  const choose = (id: string) => set('external', { store: id, key: external?.key ?? '' })
  return (
    <>
      <RadioCards
        label="Material"
        cards={[
          { value: 'cloud', title: `Made by ${cloud.longName}`, text: 'And kept there' },
          { value: 'store', title: 'In a key store', text: 'Stays behind your own proxy' },
        ]}
        value={external ? 'store' : 'cloud'}
        onChange={(value) => (value === 'store' && first ? choose(first.id) : set('external', undefined))}
      />
      {external ? (
        <div className="grid gap-[18px]">
          <Field label="Key store">
            {(control) => (
              <Select
                {...control}
                className="w-full max-w-72"
                options={[
                  ...stores.map(({ id, name }) => ({ value: id, label: name })),
                  ...(isConnected ? [] : [{ value: external.store, label: 'A store that is not connected' }]),
                ]}
                value={external.store}
                onChange={choose}
              />
            )}
          </Field>
          <Field
            label="External key id"
            error={refusalText(refusal, 'externalKey') ?? errors.externalKey}
            hint={cloud.capabilities.externalKeys?.id.description}
          >
            {(control) => (
              <Input
                {...control}
                mono
                required
                value={external.key}
                onChange={({ target }) => set('external', { ...external, key: target.value })}
              />
            )}
          </Field>
        </div>
      ) : null}
    </>
  )
}
