import { useState } from 'react'
import type { AllKeys, ReadFailure } from '../use-keys.ts'

/** What is missing, held while a retry is under way, so that the banner doesn't come and go. */
export function useRetryFailures({ missing, pending }: Pick<AllKeys, 'missing' | 'pending'>) {
  const [held, setHeld] = useState<readonly ReadFailure[]>([])
  if (!pending && held.length > 0) setHeld([])
  return {
    missing: pending && held.length > 0 ? held : missing,
    retrying: pending && held.length > 0,
    retry() {
      setHeld(missing)
      for (const one of missing) one.retry()
    },
  }
}
