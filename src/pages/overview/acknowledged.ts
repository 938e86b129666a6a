/** Decisions that were acknowledged in this browser: each until its state changes. */
import { useEffect, useMemo, useSyncExternalStore } from 'react'
import { createStoredValue } from '../../lib/store.ts'
import type { Decision } from './decisions.ts'

/** One line per item: id, state and time, separated by tabs. */
const stored = createStoredValue<string>({
  key: 'acknowledged',
  event: 'acknowledgedchange',
  parse: (text) => text ?? '',
  format: (text) => text || undefined,
})

interface Acknowledgement {
  readonly state: string
  /** Milliseconds since the epoch by the browser's clock. */
  readonly at: number
}

type Acknowledgements = ReadonlyMap<string, Acknowledgement>

const parse = (text: string): Acknowledgements =>
  new Map(
    text.split('\n').flatMap((line) => {
      const [id, state, at] = line.split('\t')
      return id && state && at ? [[id, { state, at: Number(at) }]] : []
    }),
  )

function change(edit: (known: Map<string, Acknowledgement>) => void) {
  const known = new Map(parse(stored.get()))
  edit(known)
  stored.set([...known].map(([id, { state, at }]) => [id, state, at].join('\t')).join('\n'))
}

export const acknowledge = ({ id, state }: Decision) => change((known) => known.set(id, { state, at: Date.now() }))

export const undoAcknowledge = ({ id }: Decision) => change((known) => known.delete(id))

interface Answered {
  /** Scopes of which everything was read. */
  readonly scopes: readonly string[]
  /** When the oldest list was read, by the browser's clock. */
  readonly readAt: number | undefined
}

/** Parts the decisions, and forgets the acknowledgements whose reason has gone. */
export function useAcknowledged(decisions: readonly Decision[], { scopes, readAt = 0 }: Answered) {
  const text = useSyncExternalStore(stored.subscribe, stored.get)
  const known = useMemo(() => parse(text), [text])
  useEffect(() => {
    const ids = new Set(known.size === 0 ? [] : decisions.map(({ id }) => id))
    const gone = [...known].filter(
      // An answer from before the acknowledgement, such as another tab's, does not say that the reason has gone.
      ([id, { at }]) => at < readAt && !ids.has(id) && scopes.some((scope) => id.startsWith(scope)),
    )
    if (gone.length > 0)
      change((those) => {
        for (const [id] of gone) those.delete(id)
      })
  }, [known, decisions, scopes, readAt])
  return useMemo(
    () => ({
      open: decisions.filter(({ id, state }) => known.get(id)?.state !== state),
      acknowledged: decisions.filter(({ id, state }) => known.get(id)?.state === state),
    }),
    [known, decisions],
  )
}
