import type { KmsKey } from '../../clouds/model.ts'
import { groupReplicas } from '../../clouds/replica-groups.ts'
import { count } from '../../lib/numbers.ts'
import { Code } from '../../ui/Code.tsx'
import { Field } from '../../ui/Field.tsx'
import { Picker } from '../../ui/Picker.tsx'
import { describeUnread } from '../shared/key-picker-groups.ts'
import { useAllKeys } from '../use-keys.ts'
import type { Managed } from './use-access.ts'

interface KeyFieldProps {
  of: Managed
  label: string
  chosen: KmsKey | undefined
  error?: string | undefined
  onChoose: (key: KmsKey) => void
}

const keyId = ({ location, id }: KmsKey) => `${location} ${id}`

/** A key of one cloud, whatever its status: a policy holds for its id. */
export function KeyField({ of: { cloud }, label, chosen, error, onChoose }: KeyFieldProps) {
  const { keys, missing } = useAllKeys()
  const groups = groupReplicas(keys.filter((key) => key.cloud === cloud.id))
  const unread = describeUnread(missing.filter((failure) => failure.cloud === cloud.id))
  return (
    <Field label={label} error={error}>
      {(control) => (
        <Picker<KmsKey>
          {...control}
          fitted
          label={label}
          className="w-full"
          placeholder="Choose a key"
          searchPlaceholder="Find a key"
          none="No key matches."
          groups={[
            {
              key: cloud.id,
              label: cloud.longName,
              options: groups
                .map(([key, ...replicas]) => ({
                  key: keyId(key),
                  value: key,
                  text: key.name,
                  keywords: `${key.id} ${key.location}`,
                  end: (
                    <>
                      <Code>{key.location}</Code>
                      {replicas.length === 0 ? '' : `and ${count(replicas.length, 'replica')}`}
                    </>
                  ),
                }))
                .sort((a, b) => a.text.localeCompare(b.text, 'en', { numeric: true })),
            },
          ]}
          selected={chosen && keyId(chosen)}
          onChange={onChoose}
          footer={unread}
        />
      )}
    </Field>
  )
}
