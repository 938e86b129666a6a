import { useEffect, useRef, useState } from 'react'
import type { KmsKey } from '../../../clouds/model.ts'
import { type AttemptResult, type Candidate, type SearchResult, tryKeys } from './find-key.ts'

type Phase = { readonly state: 'idle' } | { readonly state: 'running' } | SearchResult

export interface Search {
  readonly phase: Phase
  readonly ends: ReadonlyMap<string, AttemptResult>
  /** Calls that went out, also those that were not waited for. */
  readonly asked: number
  /** Tries those that did not end yet, in their order. */
  readonly start: (tries: readonly Candidate[]) => void
  readonly cancel: () => void
  /** Another question: what was tried counts no more. */
  readonly reset: () => void
}

/** How a search went, for the list of this visit. */
export interface Searched {
  readonly found: KmsKey | undefined
  /** Calls that went out. */
  readonly asked: number
  readonly milliseconds: number
}

/** Leaving ends the calls that are under way. */
export function useFindKey(
  attempt: (key: KmsKey, signal: AbortSignal) => Promise<void>,
  onSearched: (searched: Searched) => void,
): Search {
  const [phase, setPhase] = useState<Phase>({ state: 'idle' })
  const [ends, setEnds] = useState<ReadonlyMap<string, AttemptResult>>(new Map())
  const [asked, setAsked] = useState(0)
  const running = useRef<AbortController>(undefined)
  useEffect(() => () => running.current?.abort(), [])

  const run = async (tries: readonly Candidate[]) => {
    const controller = new AbortController()
    running.current?.abort()
    running.current = controller
    const started = performance.now()
    let calls = 0
    setPhase({ state: 'running' })
    const end = await tryKeys(
      tries.filter(({ id }) => !ends.has(id)),
      {
        attempt(key, signal) {
          calls += 1
          setAsked((now) => now + 1)
          return attempt(key, signal)
        },
        signal: controller.signal,
        onEnd: (id, how) => setEnds((now) => new Map(now).set(id, how)),
      },
    )
    if (calls > 0)
      onSearched({
        found: end.state === 'found' ? end.key : undefined,
        asked: calls,
        milliseconds: performance.now() - started,
      })
    // Another search has begun, or the question has changed.
    if (running.current === controller) setPhase(end)
  }

  return {
    phase,
    ends,
    asked,
    start: (tries) => void run(tries),
    cancel: () => running.current?.abort(),
    reset() {
      running.current?.abort()
      running.current = undefined
      setEnds(new Map())
      setAsked(0)
      setPhase({ state: 'idle' })
    },
  }
}
