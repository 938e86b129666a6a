import { type RefObject, useEffect, useRef, useState } from 'react'
import { newResult, type Result } from '../../../lib/age/results.ts'

export interface Progress {
  readonly phase: 'key' | 'file'
  /** Bytes of the input. */
  readonly done: number
  readonly total: number
  /** Milliseconds since the first byte. */
  readonly elapsed: number
}

export interface Report {
  /** Bytes of the result. */
  readonly name: string
  readonly from: number
  readonly size: number
  readonly milliseconds: number
}

export type Run =
  | { readonly state: 'idle'; readonly cancelled?: boolean }
  | { readonly state: 'running'; readonly progress: Progress }
  | { readonly state: 'failed'; readonly error: unknown }
  | { readonly state: 'done'; readonly report: Report }

export interface Task {
  /** File name of the result. */
  readonly name: string
  readonly file: File
  /** Writes the result; resolves with its size in bytes. `onProgress` is called from the first byte on. */
  readonly perform: (place: {
    readonly into: string
    readonly signal: AbortSignal
    readonly onProgress: (done: number) => void
  }) => Promise<number>
}

export interface FileRun {
  readonly run: Run
  readonly start: (task: Task) => void
  readonly cancel: () => void
  readonly saveAgain: () => void
  /** Resets the state and discards the result. */
  readonly reset: () => void
}

interface SavedResult {
  readonly result: Result
  readonly url: string
  readonly name: string
  readonly size: number
}

function save({ result, url, name, size }: SavedResult): void {
  result.saving(size)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
}

/** Deletes a result; one that a closed page leaves is deleted on the next page load. */
async function letGo({ result, url }: SavedResult): Promise<void> {
  await result.saved()
  URL.revokeObjectURL(url)
  await result.remove()
}

interface Current {
  controller?: AbortController
  kept?: SavedResult
}

/** Runs one file operation at a time and keeps its result until it is discarded. */
export function useFileRun(): FileRun {
  const [run, setRun] = useState<Run>({ state: 'idle' })
  const current = useRef<Current>({})

  const clear = () => {
    const { controller, kept } = current.current
    current.current = {}
    controller?.abort()
    if (kept) void letGo(kept)
  }
  useEffect(() => {
    // The value at unmount counts, not the one at mount.
    return () => {
      const { controller, kept } = current.current
      controller?.abort()
      if (kept) void letGo(kept)
    }
  }, [])

  const start = async ({ name, file, perform }: Task) => {
    clear()
    const controller = new AbortController()
    const { signal } = controller
    current.current = { controller }
    const started = performance.now()
    let first: number | undefined
    const show = (next: Run) => {
      if (current.current.controller === controller) setRun(next)
    }
    const at = (phase: Progress['phase'], done: number) =>
      show({
        state: 'running',
        progress: { phase, done, total: file.size, elapsed: performance.now() - (first ?? performance.now()) },
      })
    at('key', 0)
    let result: Result | undefined
    try {
      result = await newResult()
      const size = await perform({
        into: result.name,
        signal,
        onProgress(done) {
          first ??= performance.now()
          at('file', done)
        },
      })
      const made = await result.file()
      signal.throwIfAborted()
      const kept = { result, url: URL.createObjectURL(made), name, size }
      current.current = { controller, kept }
      save(kept)
      show({ state: 'done', report: { name, from: file.size, size, milliseconds: performance.now() - started } })
    } catch (error) {
      await result?.remove()
      show(signal.aborted ? { state: 'idle', cancelled: true } : { state: 'failed', error })
    }
  }

  return {
    run,
    start: (task) => void start(task),
    cancel: () => current.current.controller?.abort(),
    saveAgain() {
      const { kept } = current.current
      if (kept) save(kept)
    },
    reset() {
      clear()
      setRun({ state: 'idle' })
    },
  }
}

/** Focuses the button that replaces a pressed one, when focus was lost with it. Existing focus stays. */
export function useFocusWhenLost(when = true): RefObject<HTMLButtonElement | null> {
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    const { activeElement } = document
    if (when && (activeElement === null || activeElement === document.body)) button.current?.focus()
  }, [when])
  return button
}
