import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useNavigate } from 'react-router'
import type { Cloud, CreatedKey, NewKey } from '../../clouds/cloud.ts'
import { detailsOf } from '../../clouds/errors.ts'
import { addressOf } from '../../clouds/model.ts'
import { queries, refreshKey } from '../../clouds/queries.ts'
import { useToast } from '../../ui/Toast.tsx'
import { KeyLink } from '../shared/KeyLink.tsx'
import { useLinks } from '../use-project.ts'
import { mayHaveBeenCreated } from './draft.ts'

interface CreateKeyHandlers {
  /** Runs before the page goes to the new key. */
  readonly onCreated: () => void
  readonly onRefused: (error: unknown) => void
}

/** Creates a key once, however often it is asked to while it is under way, then shows it. */
export function useCreateKey({ onCreated, onRefused }: CreateKeyHandlers) {
  const client = useQueryClient()
  const navigate = useNavigate()
  const links = useLinks()
  const toast = useToast()
  const [creating, setCreating] = useState(false)
  const running = useRef(false)
  const here = useRef(true)
  useEffect(() => {
    here.current = true
    return () => {
      here.current = false
    }
  }, [])

  function showCreated({ key, warning }: CreatedKey) {
    const link = <KeyLink to={addressOf(key)}>Open the key</KeyLink>
    if (warning === undefined) toast.success(`Created ${key.name}`, { text: `It is in ${key.location}.`, link })
    else toast.error(`Created ${key.name}, not all as chosen`, { text: warning, link })
  }

  async function create(cloud: Cloud, wanted: NewKey) {
    if (running.current) return
    running.current = true
    setCreating(true)
    try {
      const created = await cloud.create(wanted)
      const address = addressOf(created.key)
      client.setQueryData(queries.key(address).queryKey, created.key)
      void refreshKey(client, created.key)
      showCreated(created)
      onCreated()
      if (!here.current) return
      await navigate(links.key(address), { replace: true })
    } catch (error) {
      // The list is read again so that the key that stands in the way can be linked, or the one that may have been made.
      if (detailsOf(error).reason === 'name-taken' || mayHaveBeenCreated(error))
        void client.invalidateQueries({ queryKey: queries.keys(cloud.id, wanted.location, wanted.project).queryKey })
      onRefused(error)
    } finally {
      running.current = false
      setCreating(false)
    }
  }

  return { create, creating }
}
