import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { detailsOf } from '../../clouds/errors.ts'
import { withPermissionHint } from '../../clouds/failed-change.ts'
import type { KmsKey } from '../../clouds/model.ts'
import type { CryptographicOperation } from '../../clouds/operations.ts'
import { queries, refreshKey } from '../../clouds/queries.ts'
import { cloudOf } from '../../clouds/registry.ts'
import { requestOf } from '../../clouds/request-log.ts'
import { usePageHide } from '../../ui/use-page-hide.ts'
import { type CarriedInput, prepareRequest } from './operation.ts'
import { type Drafts, registry } from './operations/registry.ts'
import {
  acceptInput,
  type Call,
  callFailed,
  callStarted,
  callSucceeded,
  clearHistory,
  type EndedCall,
  editDraft,
  emptyPlayground,
  type HistoryEntry,
  keyChanged,
  offlineCheckEnded,
  operationState,
  type PlaygroundState,
  searchEnded,
  showErrors,
} from './playground-state.ts'

export interface PlaygroundRunner {
  readonly state: PlaygroundState
  readonly edit: <Id extends CryptographicOperation>(id: Id, change: (draft: Drafts[Id]) => Drafts[Id]) => void
  /** Gives an operation the input that another hands over. */
  readonly accept: (id: CryptographicOperation, input: CarriedInput) => void
  /** Sends the draft, or shows its errors. */
  readonly run: (id: CryptographicOperation, key: KmsKey) => void
  /** Runs the same check in the browser: of the KMS, only the public keys are read. */
  readonly runOffline: (id: CryptographicOperation, key: KmsKey) => void
  /** Lists a search for the key of a ciphertext. */
  readonly addSearch: (search: Pick<HistoryEntry, 'keyName' | 'tried' | 'request' | 'milliseconds'>) => void
  readonly clearHistory: () => void
  readonly clearAll: () => void
}

/** State after a call that succeeded. */
type Succeeded = (state: PlaygroundState, ended: EndedCall) => PlaygroundState

interface RunningCalls {
  /** Address of the key that the calls are for. */
  readonly keyAddress: string | undefined
  /** By the name of the call. */
  readonly controllers: Map<string, AbortController>
}

const nameOf = ({ id, offline }: Call) => (offline ? `${id} offline` : id)

/** Kept until the page is loaded again: it holds nothing that was typed or answered. */
let historyOfTab: PlaygroundState['history'] = []

/**
 * Runs operations for the selected key. What was typed and answered is in component state: leaving the page clears it.
 * @param keyAddress address of the selected key; another one clears results and keeps what was typed
 */
export function usePlaygroundRunner(keyAddress: string | undefined): PlaygroundRunner {
  const client = useQueryClient()
  const [state, setState] = useState(() => ({ ...emptyPlayground, history: historyOfTab }))
  const [shownFor, setShownFor] = useState(keyAddress)
  const running = useRef<RunningCalls>({ keyAddress, controllers: new Map() })

  if (shownFor !== keyAddress) {
    setShownFor(keyAddress)
    setState(keyChanged)
  }

  useEffect(() => {
    historyOfTab = state.history
  }, [state.history])
  useEffect(() => {
    const own: RunningCalls = { keyAddress, controllers: new Map() }
    running.current = own
    return () => {
      for (const controller of own.controllers.values()) controller.abort()
    }
  }, [keyAddress])

  const start = async (call: Call, key: KmsKey, send: (signal: AbortSignal) => Promise<Succeeded>) => {
    const { controllers } = running.current
    const controller = new AbortController()
    controllers.get(nameOf(call))?.abort()
    controllers.set(nameOf(call), controller)
    setState((now) => callStarted(now, call))
    const started = performance.now()
    const ended = (): EndedCall => ({
      key,
      request: requestOf(controller.signal),
      milliseconds: performance.now() - started,
    })
    try {
      const succeeded = await send(controller.signal)
      if (controller.signal.aborted) return
      const end = ended()
      setState((now) => succeeded(now, end))
    } catch (error) {
      if (controller.signal.aborted) return
      const end = ended()
      setState((now) => callFailed(now, call, withPermissionHint(error, key), end))
      // Somebody else may have changed or destroyed the key, so it is read again.
      const { reason, status } = detailsOf(error)
      // Only the message of a 400 tells a wrong state from wrong input, and it may change: every 400 counts.
      if (reason === 'state' || reason === 'not-found' || status === 400) await refreshKey(client, key)
    }
  }

  /** Aborts calls whose input changes: their answers would stand beside other input. */
  const abort = (id: CryptographicOperation) => {
    for (const offline of [false, true]) running.current.controllers.get(nameOf({ id, offline }))?.abort()
  }
  const clearAll = () => {
    for (const controller of running.current.controllers.values()) controller.abort()
    setState(emptyPlayground)
  }
  usePageHide(clearAll)

  function run<Id extends CryptographicOperation>(id: Id, key: KmsKey): void {
    const call = { id, offline: false }
    const { errors, send } = prepareRequest(id, registry[id], operationState(state, id).draft, key)
    if (errors) {
      setState((now) => showErrors(now, call))
      return
    }
    void start(call, key, async (signal) => {
      const answer = await send(signal)
      return (now, ended) => callSucceeded(now, id, answer, ended)
    })
  }

  function runOffline<Id extends CryptographicOperation>(id: Id, key: KmsKey): void {
    const call = { id, offline: true }
    const validated = registry[id].offline?.validate(operationState(state, id).draft, key)
    const { verifyOffline } = cloudOf(key.cloud)
    if (!validated || 'errors' in validated || !verifyOffline) {
      setState((now) => showErrors(now, call))
      return
    }
    void start(call, key, async () => {
      const publicKeys = await client.fetchQuery(queries.publicKeys(key))
      const answer = await verifyOffline(key, publicKeys, validated.input)
      return (now, ended) => offlineCheckEnded(now, id, answer, ended)
    })
  }

  return {
    state,
    edit(id, change) {
      abort(id)
      setState((now) => editDraft(now, id, change))
    },
    accept(id, input) {
      abort(id)
      setState((now) => acceptInput(now, id, input))
    },
    run,
    runOffline,
    addSearch: (search) => setState((state) => searchEnded(state, search)),
    clearHistory: () => setState(clearHistory),
    clearAll,
  }
}
