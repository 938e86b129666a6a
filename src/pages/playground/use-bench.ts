import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useReducer, useRef, useState } from 'react'
import { detailsOf } from '../../clouds/errors.ts'
import type { KmsKey } from '../../clouds/model.ts'
import { cloudOf, refreshKey } from '../../clouds/queries.ts'
import { type Bench, type BenchAction, benchReducer, type Ended, emptyBench } from './bench.ts'
import { decryptInput, encryptInput } from './requests.ts'
import type { PlaygroundOperation } from './view.ts'

export interface BenchControl {
  readonly bench: Bench
  readonly dispatch: (action: BenchAction) => void
  /** Does the operation with what is typed; says what is wrong with it instead when it can't be sent. */
  readonly act: (operation: PlaygroundOperation, key: KmsKey) => void
}

/** A call whose input changed meanwhile is given up: its answer would stand beside other input. */
const givesUp: Partial<Record<BenchAction['type'], readonly PlaygroundOperation[]>> = {
  editEncrypt: ['encrypt'],
  editDecrypt: ['decrypt'],
  useInDecrypt: ['decrypt'],
  useInEncrypt: ['encrypt'],
  clearAll: ['encrypt', 'decrypt'],
}

interface Calls {
  /** The chosen key's address that they are for. */
  readonly keyText: string | undefined
  readonly running: Partial<Record<PlaygroundOperation, AbortController>>
}

/**
 * The bench of this visit. It lives in component state only, so leaving the page clears it.
 * @param keyText the chosen key's address; another one takes the results away and leaves what was typed
 */
export function useBench(keyText: string | undefined): BenchControl {
  const client = useQueryClient()
  const [bench, dispatch] = useReducer(benchReducer, emptyBench)
  const [shownFor, setShownFor] = useState(keyText)
  const calls = useRef<Calls>({ keyText, running: {} })

  if (shownFor !== keyText) {
    setShownFor(keyText)
    dispatch({ type: 'keyChanged' })
  }

  useEffect(() => {
    const own: Calls = { keyText, running: {} }
    calls.current = own
    return () => {
      for (const call of Object.values(own.running)) call.abort()
    }
  }, [keyText])

  const run = async (
    operation: PlaygroundOperation,
    key: KmsKey,
    call: (signal: AbortSignal, ended: () => Ended) => Promise<BenchAction>,
  ) => {
    const controller = new AbortController()
    calls.current.running[operation]?.abort()
    calls.current.running[operation] = controller
    dispatch({ type: 'started', operation })
    const started = performance.now()
    const ended = () => ({ key, at: Date.now(), milliseconds: performance.now() - started })
    try {
      const action = await call(controller.signal, ended)
      if (!controller.signal.aborted) dispatch(action)
    } catch (error) {
      if (controller.signal.aborted) return
      dispatch({ type: 'failed', operation, error, ...ended() })
      // Somebody else may have changed or destroyed it: what the page shows of it is read again.
      const { reason } = detailsOf(error)
      if (reason === 'state' || reason === 'not-found') await refreshKey(client, key)
    }
  }

  return {
    bench,
    dispatch(action) {
      for (const operation of givesUp[action.type] ?? []) calls.current.running[operation]?.abort()
      dispatch(action)
    },
    act(operation, key) {
      if (operation === 'encrypt') {
        const checked = encryptInput(bench.encrypt, key)
        if ('problems' in checked) return dispatch({ type: 'tried', operation })
        void run(operation, key, async (signal, ended) => {
          const answer = await cloudOf(key.cloud).operations.encrypt.run(key, checked.input, signal)
          return { type: 'encrypted', answer, ...ended() }
        })
        return
      }
      const checked = decryptInput(bench.decrypt, key)
      if ('problems' in checked) return dispatch({ type: 'tried', operation })
      void run(operation, key, async (signal, ended) => {
        const answer = await cloudOf(key.cloud).operations.decrypt.run(key, checked.input, signal)
        return { type: 'decrypted', answer, ...ended() }
      })
    },
  }
}
