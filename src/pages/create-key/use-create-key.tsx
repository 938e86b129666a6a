import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { useNavigate } from 'react-router'
import type { Cloud, CreatedKey, NewKey } from '../../clouds/cloud.ts'
import { detailsOf } from '../../clouds/errors.ts'
import { addressOf } from '../../clouds/model.ts'
import { queries, refreshKey } from '../../clouds/queries.ts'
import { useToast } from '../../ui/Toast.tsx'
import { KeyLink } from '../shared/KeyLink.tsx'
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

  function showCreated({ key, warning }: CreatedKey) {
    const link = <KeyLink to={addressOf(key)}>Open the key</KeyLink>
    if (warning === undefined) toast.success(`Created ${key.name}`, { text: `It is in ${key.location}.`, link })
    else toast.error(`Created ${key.name}, not all as chosen`, { text: warning, link })
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
