import { useEffect, useState } from 'react'

/** Milliseconds that the lists of all locations have to come together, so that rows don't move as each of them arrives. */
const TOGETHER = 1_000

/** Whether the first lists are still awaited together; later ones are shown as they come. */
export function useGathering(pending: boolean): boolean {
  const [over, setOver] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setOver(true), TOGETHER)
    return () => clearTimeout(timer)
  }, [])
  return pending && !over
}
