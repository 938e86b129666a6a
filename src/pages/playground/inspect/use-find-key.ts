import { useEffect, useRef, useState } from 'react'
import type { KmsKey } from '../../../clouds/model.ts'
import { requestOf } from '../../../clouds/request-log.ts'
import { type AttemptResult, type Candidate, type SearchResult, tryKeys } from './find-key.ts'

export type SearchPhase = { readonly state: 'idle' } | { readonly state: 'running' } | SearchResult

interface FindKey {
  readonly phase: SearchPhase
  /** By the id of the candidate. */
  readonly results: ReadonlyMap<string, AttemptResult>
  /** Number of calls that were sent, aborted ones included. */
  readonly calls: number
  /** Tries the candidates without a result, in their order. */
  readonly start: (candidates: readonly Candidate[]) => void
  readonly cancel: () => void
  /** Drops all results: the ciphertext or its context has changed. */
  readonly reset: () => void
}

/** Summary of one search for the history. */
export interface FindKeyReport {
  readonly found: KmsKey | undefined
  /** Request that decrypted the ciphertext, in the list of requests. */
  readonly request: number | undefined
  /** Number of calls that were sent. */
  readonly calls: number
  readonly milliseconds: number
}

/** Search for the key of a ciphertext. Unmounting aborts it. */
export function useFindKey(
  attempt: (key: KmsKey, signal: AbortSignal) => Promise<void>,
  onSearched: (report: FindKeyReport) => void,
): FindKey {
  const [phase, setPhase] = useState<SearchPhase>({ state: 'idle' })
  const [results, setResults] = useState<ReadonlyMap<string, AttemptResult>>(new Map())
  const [calls, setCalls] = useState(0)
  const running = useRef<AbortController>(undefined)
  useEffect(() => () => running.current?.abort(), [])

  const run = async (candidates: readonly Candidate[]) => {
    const controller = new AbortController()
    running.current?.abort()
    running.current = controller
    const started = performance.now()
    let sent = 0
    let request: number | undefined
    setPhase({ state: 'running' })
    const result = await tryKeys(
      candidates.filter(({ id }) => !results.has(id)),
      {
        async attempt(key, signal) {
          sent += 1
          setCalls((now) => now + 1)
          const own = AbortSignal.any([signal])
          await attempt(key, own)
          request = requestOf(own)
        },
        signal: controller.signal,
        onResult: (id, one) => setResults((now) => new Map(now).set(id, one)),
      },
    )
    if (sent > 0)
      onSearched({
        found: result.state === 'found' ? result.key : undefined,
        request,
        calls: sent,
        milliseconds: performance.now() - started,
      })
    // Another search may have begun since, or a reset.
    if (running.current === controller) setPhase(result)
  }

  return {
    phase,
    results,
    calls,
    start: (candidates) => void run(candidates),
    cancel: () => running.current?.abort(),
    reset() {
      running.current?.abort()
      running.current = undefined
      setResults(new Map())
      setCalls(0)
      setPhase({ state: 'idle' })
    },
  }
}
