import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { runInSlices, runToEnd, type Steps } from '../../lib/time-slicing.ts'

/**
 * Does work in slices between frames while `ready` is set, and gives up what is out of date: alone, it makes ahead what the
 * work itself keeps.
 * @param work the same function for the same work
 */
export function useSlices<Result>(work: () => Steps<Result>, ready = true, onDone?: (result: Result) => void): void {
  const [, fail] = useState<undefined>()
  useEffect(() => {
    if (!ready) return
    const stop = new AbortController()
    runInSlices(work(), stop.signal).then(onDone, (error: unknown) => {
      // A mistake in the work belongs to the page's own error screen.
      if (!stop.signal.aborted)
        fail(() => {
          throw error
        })
    })
    return () => stop.abort()
  }, [work, ready, onDone])
}

interface TimeSliced<Result> {
  /** Of the last work that ended; undefined before the first. */
  readonly result: Result | undefined
  /** A newer result is on its way. */
  readonly working: boolean
}

/**
 * The result of work that is done at once where it is little, and in slices between frames where it is much: the result
 * before stands meanwhile.
 * @param work the same function for the same work
 */
export function useTimeSlicing<Result>(work: () => Steps<Result>, atOnce: boolean): TimeSliced<Result> {
  const direct = useMemo(() => (atOnce ? { work, result: runToEnd(work()) } : undefined), [work, atOnce])
  const [done, setDone] = useState<{ work: () => Steps<Result>; result: Result }>()
  const before = useRef(direct)
  useEffect(() => {
    if (direct) before.current = direct
  }, [direct])
  useSlices(
    work,
    !atOnce,
    useCallback(
      (result: Result) => {
        before.current = { work, result }
        setDone(before.current)
      },
      [work],
    ),
  )
  if (direct) return { result: direct.result, working: false }
  return done?.work === work
    ? { result: done.result, working: false }
    : { result: before.current?.result, working: true }
}
