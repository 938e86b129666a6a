import { useQueryClient } from '@tanstack/react-query'
import { startTransition, useEffect, useState } from 'react'
import { knownKeyCount, useConnections } from '../use-keys.ts'
import { useProject } from '../use-project.ts'
import { gatherKeys } from '../warm-keys.ts'

/** Milliseconds that the lists of all locations have to come together, so that rows don't move as each of them arrives. */
const TOGETHER = 1_000

/** Whether the first lists have come together, or taken too long for that. The page is then drawn once, in short tasks. */
export function useGathered(): boolean {
  const client = useQueryClient()
  const connections = useConnections()
  const project = useProject()
  const [gathered, setGathered] = useState(() => knownKeyCount(client, connections, project) !== undefined)
  useEffect(() => {
    const show = () => startTransition(() => setGathered(true))
    const timer = setTimeout(show, TOGETHER)
    gatherKeys(client, project).then(show, show)
    return () => clearTimeout(timer)
  }, [client, project])
  return gathered
}
