import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useReducer, useRef, useState } from 'react'
import { detailsOf } from '../../clouds/errors.ts'
import type { KmsKey } from '../../clouds/model.ts'
import { cloudOf, queries, refreshKey } from '../../clouds/queries.ts'
import { withPermissionHint } from '../shared/key-actions/with-permission-hint.ts'
import type { PlaygroundOperation } from '../shared/operations.ts'
import { usePageHide } from '../use-page-hide.ts'
import {
  type CallId,
  type CallResult,
  emptyPlayground,
  type PlaygroundAction,
  type PlaygroundState,
  playgroundReducer,
} from './playground-state.ts'
import { offlineInput, prepare } from './validate.ts'

export interface PlaygroundRunner {
  readonly bench: PlaygroundState
  readonly dispatch: (action: PlaygroundAction) => void
  /** Does the operation with what is typed; says what is wrong with it instead when it can't be sent. */
  readonly run: (operation: PlaygroundOperation, key: KmsKey) => void
  /** Checks the signature in the browser; only the public key is read for it. */
  readonly verifyOffline: (key: KmsKey) => void
}

const callsOf = (operation: PlaygroundOperation): readonly CallId[] =>
  operation === 'verify' ? [operation, 'verifyOffline'] : [operation]

/** Calls whose input an action changes are given up: their answers would stand beside other input. */
function abortedBy(action: PlaygroundAction): readonly CallId[] | 'all' {
  if (action.type === 'edit') return callsOf(action.operation)
  if (action.type === 'clearAll') return 'all'
  return action.type === 'carry' ? callsOf(action.to) : []
}

interface RunningCalls {
  /** The chosen key's address that they are for. */
  readonly keyAddress: string | undefined
  readonly running: Partial<Record<CallId, AbortController>>
}

/**
 * The bench of this visit. It lives in component state only, and leaving the page clears it, wherever to.
 * @param keyText the chosen key's address; another one takes the results away and leaves what was typed
 */
export function usePlaygroundRunner(keyText: string | undefined): PlaygroundRunner {
  const client = useQueryClient()
  const [bench, dispatch] = useReducer(playgroundReducer, emptyPlayground)
  const [shownFor, setShownFor] = useState(keyText)
  const calls = useRef<RunningCalls>({ keyAddress: keyText, running: {} })

  if (shownFor !== keyText) {
    setShownFor(keyText)
    dispatch({ type: 'keyChanged' })
  }

  useEffect(() => {
    const own: RunningCalls = { keyAddress: keyText, running: {} }
    calls.current = own
    return () => {
      for (const call of Object.values(own.running)) call.abort()
    }
  }, [keyText])

  const run = async (operation: CallId, key: KmsKey, call: (signal: AbortSignal) => Promise<CallResult>) => {
    const controller = new AbortController()
    calls.current.running[operation]?.abort()
    calls.current.running[operation] = controller
    dispatch({ type: 'started', operation })
    const started = performance.now()
    const ended = () => ({ key, at: Date.now(), milliseconds: performance.now() - started })
    try {
      const answered = await call(controller.signal)
      if (!controller.signal.aborted) dispatch({ ...answered, ...ended() })
    } catch (error) {
      if (controller.signal.aborted) return
      dispatch({ type: 'failed', operation, error: withPermissionHint(error, key), ...ended() })
      // Somebody else may have changed or destroyed it: what the page shows of it is read again.
      const { reason, status } = detailsOf(error)
      // Only its words tell a wrong state from wrong input, and they may change: every 400 counts.
      if (reason === 'state' || reason === 'not-found' || status === 400) await refreshKey(client, key)
    }
  }

  const change = (action: PlaygroundAction) => {
    const given = abortedBy(action)
    const { running } = calls.current
    for (const call of given === 'all' ? Object.values(running) : given.map((id) => running[id])) call?.abort()
    dispatch(action)
  }
  usePageHide(() => change({ type: 'clearAll' }))

  return {
    bench,
    dispatch: change,
    run(operation, key) {
      const prepared = prepare(bench, operation, key)
      if (prepared.problems) dispatch({ type: 'tried', operation })
      else void run(operation, key, prepared.run)
    },
    verifyOffline(key) {
      const operation = 'verifyOffline'
      const checked = offlineInput(bench.verify, key)
      const cloud = cloudOf(key.cloud)
      if ('problems' in checked || !cloud.verifyOffline) return dispatch({ type: 'tried', operation })
      const { verifyOffline } = cloud
      void run(operation, key, async () => {
        const publicKeys = await client.fetchQuery(queries.publicKeys(key))
        return { type: 'answered', operation, answer: await verifyOffline(key, publicKeys, checked.input) }
      })
    },
  }
}
