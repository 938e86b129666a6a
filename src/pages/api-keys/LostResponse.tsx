import { useState } from 'react'
import { detailsOf, requestLine } from '../../clouds/errors.ts'
import type { ApiKey } from '../../clouds/iam.ts'
import { formatDateTime } from '../../lib/dates.ts'
import { Banner } from '../../ui/Banner.tsx'
import { Button } from '../../ui/Button.tsx'
import { Code } from '../../ui/Code.tsx'
import { possibleKeys } from './access-rows.ts'
import { DeleteKey } from './DeleteKey.tsx'
import type { Managed } from './use-access.ts'

interface LostResponseProps {
  of: Managed
  name: string
  /** The keys that were there before. */
  known: ReadonlySet<string>
  /** When the creation was sent: a list that was read before says nothing. Milliseconds. */
  since: number
  error: unknown
}

interface FoundProps extends Pick<LostResponseProps, 'of' | 'name'> {
  found: readonly ApiKey[]
  onDelete: (key: ApiKey) => void
}

/** What the list says since. */
function Found({ of: { cloud, keys }, name, found, onDelete }: FoundProps) {
  if (found.length === 0)
    return <p>{cloud.longName} lists no new key of that name. Check again before you create another.</p>
  return (
    <>
      <p>
        {found.length === 1 ? 'A new key of that name is listed' : `${found.length} new keys of that name are listed`}.
        Its secret is lost: delete it, then create another.
      </p>
      <ul aria-label={`New keys named ${name}`} className="mt-2 grid gap-1.5">
        {found.map((key) => (
          <li key={key.key} className="flex flex-wrap items-center gap-2">
            <Code>{key.key}</Code>
            {key.createdAt === undefined ? null : `created ${formatDateTime(key.createdAt)}`}
            <Button
              size="sm"
              variant="dangerQuiet"
              disabledReason={keys.isFetching ? 'The list is being read.' : undefined}
              onClick={() => onDelete(key)}
            >
              Delete…
            </Button>
          </li>
        ))}
      </ul>
    </>
  )
}

/** After a creation without an answer: never a half-made key, but what to check and what to delete. */
export function LostResponse({ of, name, known, since, error }: LostResponseProps) {
  const [deleted, setDeleted] = useState<ApiKey>()
  const { keys, roles } = of
  const details = detailsOf(error)
  const read = keys.dataUpdatedAt >= since
  return (
    <>
      <Banner
        tone="danger"
        title={`It is unknown whether ${name} was created.`}
        meta={requestLine(details)}
        actions={
          <Button size="sm" busy={keys.isFetching} onClick={() => void keys.refetch()}>
            {keys.isFetching ? 'Reading the list' : 'Check again'}
          </Button>
        }
      >
        {details.message} If the key exists, its secret is lost. The console did not retry.
        <div className="mt-1.5">
          {read ? (
            <Found
              of={of}
              name={name}
              found={possibleKeys(keys.data?.items ?? [], name, known)}
              onDelete={setDeleted}
            />
          ) : (
            <p>
              {keys.isFetching
                ? 'The list of keys is being read again.'
                : `The list of keys could not be read. Look there for ${name} before you create another.`}
            </p>
          )}
        </div>
      </Banner>
      {deleted ? (
        <DeleteKey
          of={of}
          kmsKey={deleted}
          roleName={roles.data?.items.find(({ id }) => id === deleted.roleId)?.name}
          onClose={() => setDeleted(undefined)}
        />
      ) : null}
    </>
  )
}
