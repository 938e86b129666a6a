import { useEffect, useMemo, useRef, useState } from 'react'
import { runInSlices, runToEnd, type Steps } from '../../lib/time-slicing.ts'

interface TimeSliced<Result> {
  /** Of the last work that ended; undefined before the first. */
  readonly result: Result | undefined
  /** A newer result is on its way. */
  readonly working: boolean
}

/**
 * The result of work that is done at once where there is little, and in slices between frames where there is much: the
 * result before stands meanwhile, and work that is out of date is given up.
 * @param work the same function for the same work
 */
export function useTimeSlicing<Result>(work: () => Steps<Result>, atOnce: boolean): TimeSliced<Result> {
  const direct = useMemo(() => (atOnce ? { work, result: runToEnd(work()) } : undefined), [work, atOnce])
  const [done, setDone] = useState<{ work: () => Steps<Result>; result: Result }>()
  const before = useRef(direct)
  useEffect(() => {
    if (direct) before.current = direct
  }, [direct])
  useEffect(() => {
    if (atOnce) return
    const stop = new AbortController()
    runInSlices(work(), stop.signal).then(
      (result) => setDone({ work, result }),
      (error: unknown) => {
        // A mistake in the work belongs to the page's own error screen.
        if (!stop.signal.aborted)
          setDone(() => {
            throw error
          })
      },
    )
    return () => stop.abort()
  }, [work, atOnce])
  if (direct) return { result: direct.result, working: false }
  return { result: done?.result ?? before.current?.result, working: done?.work !== work }
}
