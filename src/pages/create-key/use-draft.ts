import { useCallback, useEffect, useState } from 'react'
import { readStored, store } from '../../lib/browser-storage.ts'
import { type Draft, emptyDraft, isEmptyDraft, readDraft } from './draft.ts'

const KEY = 'create-key-draft'

export interface LastChange {
  readonly field: keyof Draft
  /** Draft before the change. */
  readonly before: Draft
}

export type SetDraft = <Field extends keyof Draft>(field: Field, value: Draft[Field]) => void

interface State {
  readonly draft: Draft
  readonly change?: LastChange
}

export interface DraftState extends State {
  readonly set: SetDraft
  /** Empties the form. */
  readonly reset: () => void
  /** Removes the draft from the tab's storage and leaves the form as it is, before the page is left. */
  readonly forget: () => void
}

const forget = () => store('sessionStorage', KEY, undefined)

/** Draft of a key, kept in the tab's session storage across reloads. */
export function useDraft(): DraftState {
  const [state, setState] = useState<State>(() => ({ draft: readDraft(readStored('sessionStorage', KEY)) }))
  const { draft } = state
  useEffect(() => {
    if (isEmptyDraft(draft)) forget()
    else store('sessionStorage', KEY, JSON.stringify(draft))
  }, [draft])
  const set = useCallback<SetDraft>((field, value) => {
    setState((last) => ({ draft: { ...last.draft, [field]: value }, change: { field, before: last.draft } }))
  }, [])
  const reset = useCallback(() => setState({ draft: emptyDraft }), [])
  return { ...state, set, reset, forget }
}
