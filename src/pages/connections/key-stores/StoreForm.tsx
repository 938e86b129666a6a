import { type RefObject, useRef, useState } from 'react'
import { detailsOf, mayHaveSucceeded } from '../../../clouds/errors.ts'
import type { KeyStore } from '../../../clouds/key-stores.ts'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { useToast } from '../../../ui/Toast.tsx'
import { usePageHide } from '../../../ui/use-page-hide.ts'
import { ErrorNote } from '../../shared/Failure.tsx'
import { OrganisationPath } from '../../shared/OrganisationPath.tsx'
import { ShowCode, type SnippetGroup } from '../../shared/ShowCode.tsx'
import { useExclusiveMutation } from '../../shared/use-exclusive-mutation.ts'
import { StoreFields } from './StoreFields.tsx'
import {
  changesOf,
  draftOf,
  type Faults,
  faultsOf,
  isUnchanged,
  type StoreDraft,
  type StoreField,
} from './store-draft.ts'
import type { StoreCloud } from './use-key-stores.ts'

interface StoreFormProps {
  of: StoreCloud
  /** The store that is changed; undefined for a new one. */
  store: KeyStore | undefined
  onClose: () => void
}

function codeOf({ stores, connection }: StoreCloud, store: KeyStore | undefined, draft: StoreDraft): SnippetGroup {
  const location = stores.location(connection)
  const note = 'The secret key is read from XKS_SECRET_KEY.'
  if (store) {
    const changes = { ...changesOf(store, draft), ...(draft.hasSecret ? { accessKey: draft.accessKey } : {}) }
    return { label: 'Code to change the key store', snippets: stores.code.change(location, store.id, changes), note }
  }
  const wanted = {
    ...draft,
    name: draft.name || 'NAME',
    endpoint: draft.endpoint || 'https://proxy.example.com',
    accessKey: draft.accessKey || 'ACCESS-KEY',
  }
  return { label: 'Code to create the key store', snippets: stores.code.create(location, wanted), note }
}

/** Sends the form. The secret is read from its field now and kept nowhere. */
function useSave(props: StoreFormProps, draft: StoreDraft, secret: RefObject<HTMLInputElement | null>) {
  const { of, store, onClose } = props
  const { stores, connection, refresh } = of
  const toast = useToast()
  const location = stores.location(connection)

  async function connect(id: string) {
    try {
      await stores.connect(location, id)
      toast.success(`Created and connected ${draft.name}.`, { text: 'Keys can be created in it.' })
    } catch (error) {
      const { message, advice } = detailsOf(error)
      toast.error(`Created ${draft.name}, which is not connected.`, { text: `${message} ${advice}` })
    }
  }

  return useExclusiveMutation(async () => {
    const credentials = { accessKey: draft.accessKey, secretKey: secret.current?.value ?? '' }
    try {
      if (store) {
        const changes = changesOf(store, draft)
        await stores.change(location, store.id, draft.hasSecret ? { ...changes, credentials } : changes)
        toast.success(`Changed ${store.name}.`)
      } else {
        const id = await stores.create(location, { ...draft, ...credentials })
        if (draft.connects) await connect(id)
        else toast.success(`Created ${draft.name}.`, { text: 'Connect it to create keys in it.' })
      }
    } finally {
      // Also after a failure: the store may exist nevertheless.
      await refresh()
    }
    onClose()
  })
}

const fields: ReadonlySet<string> = new Set([
  'name',
  'description',
  'endpoint',
  'accessKey',
  'secretKey',
] satisfies StoreField[])

/** Creates a key store, or changes its description, its endpoint or its credentials. */
export function StoreForm(props: StoreFormProps) {
  const { of, store, onClose } = props
  const [draft, setDraft] = useState(() => draftOf(store))
  const [shown, setShown] = useState<Faults>()
  const secret = useRef<HTMLInputElement>(null)
  const { mutate, error, isPending, reset } = useSave(props, draft, secret)
  // A browser that keeps the page for its back button would keep the secret.
  usePageHide(onClose)

  const details = error === null ? undefined : detailsOf(error)
  const refusedField = details?.field !== undefined && fields.has(details.field) ? details.field : undefined
  const refusal = details && `${details.message} ${details.advice}`
  const unchanged = store !== undefined && isUnchanged(store, draft)

  function change(part: Partial<StoreDraft>) {
    if (error !== null) reset()
    setShown(undefined)
    setDraft({ ...draft, ...part })
  }

  function submit() {
    const faults = faultsOf(draft, of.stores, store)
    setShown(faults)
    if (Object.values(faults).every((fault) => fault === undefined)) mutate()
  }

  return (
    <Dialog
      open
      wide
      keep
      busy={isPending}
      onClose={onClose}
      title={store ? `Edit key store ${store.name}` : 'Create a key store'}
      address={<OrganisationPath of={of} />}
      error={
        error === null || refusedField !== undefined ? undefined : (
          <ErrorNote
            title={
              mayHaveSucceeded(error) ? 'The result is unknown. Check the list of key stores.' : 'Nothing was saved.'
            }
            error={error}
          />
        )
      }
      onSubmit={submit}
      footer={
        <>
          <Button onClick={onClose}>Not now</Button>
          <Button
            type="submit"
            variant="primary"
            busy={isPending}
            disabledReason={!isPending && unchanged ? 'Nothing is changed.' : undefined}
          >
            {isPending ? 'Saving key store' : store ? 'Save key store' : 'Create key store'}
          </Button>
        </>
      }
    >
      <StoreFields
        store={store}
        draft={draft}
        secret={secret}
        errorAt={(field) => (field === refusedField ? refusal : shown?.[field])}
        onChange={change}
      />
      <ShowCode
        disabledReason={unchanged ? 'Nothing is changed.' : undefined}
        groups={() => [codeOf(of, store, draft)]}
      />
    </Dialog>
  )
}
