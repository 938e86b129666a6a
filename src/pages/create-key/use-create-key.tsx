import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import type { Cloud, CreatedKey, NewKey } from '../../clouds/cloud.ts'
import { detailsOf } from '../../clouds/errors.ts'
import { addressOf } from '../../clouds/model.ts'
import { queries, refreshKey } from '../../clouds/queries.ts'
import { useNavigate } from '../../router/react.tsx'
import { useToast } from '../../ui/Toast.tsx'
import { KeyLink, viewKey } from '../shared/KeyLink.tsx'
import { useExclusiveMutation } from '../shared/use-exclusive-mutation.ts'
import { useLinks } from '../use-project.ts'
import { mayHaveBeenCreated } from './draft.ts'

interface CreateKeyRequest {
  readonly cloud: Cloud
  readonly key: NewKey
}

interface CreateKeyHandlers {
  /** Runs before the page of the new key opens. */
  readonly onCreated: () => void
  readonly onRefused: (error: unknown) => void
}

/** Creation of a key, once at a time; the page of the new key opens unless this page was left meanwhile. */
export function useCreateKey({ onCreated, onRefused }: CreateKeyHandlers) {
  const client = useQueryClient()
  const navigate = useNavigate()
  const links = useLinks()
  const toast = useToast()
  const mounted = useRef(true)
  useEffect(() => {
    mounted.current = true
    return () => {
      mounted.current = false
    }
  }, [])

  /** The key's own page follows, unless this one was left: only then the notice links to it. */
  function showCreated({ key, warning }: CreatedKey) {
    const address = addressOf(key)
    const link = mounted.current ? undefined : viewKey(key)
    const replicas = key.traits.includes('multi-zone') ? (
      <KeyLink to={address} tab="replicas">
        Add replicas
      </KeyLink>
    ) : undefined
    if (warning === undefined)
      toast.success(`Created ${key.name}`, { text: `It is in ${key.location}.`, link: replicas ?? link })
    else toast.error(`Created ${key.name}, with other settings`, { text: warning, link })
  }

  return useExclusiveMutation(async ({ cloud, key: wanted }: CreateKeyRequest) => {
    try {
      const created = await cloud.create(wanted)
      const address = addressOf(created.key)
      client.setQueryData(queries.key(address).queryKey, created.key)
      void refreshKey(client, created.key)
      showCreated(created)
      onCreated()
      if (mounted.current) await navigate(links.key(address), { replace: true })
    } catch (error) {
      // The refreshed list links the key with the same name, or the one that may have been created.
      if (detailsOf(error).reason === 'name-taken' || mayHaveBeenCreated(error))
        void client.invalidateQueries({ queryKey: queries.keys(cloud.id, wanted.location, wanted.project).queryKey })
      onRefused(error)
    }
  })
}
