import { useCallback, useEffect, useState } from 'react'
import { type Draft, emptyDraft, isEmptyDraft, readDraft } from './draft.ts'

const KEY = 'create-key-draft'

export interface LastChange {
  readonly field: keyof Draft
  /** The draft as it was before. */
  readonly before: Draft
}

export type SetDraft = <Field extends keyof Draft>(field: Field, value: Draft[Field]) => void

interface State {
  readonly draft: Draft
  readonly change?: LastChange
}

export interface DraftState extends State {
  readonly set: SetDraft
  /** Back to an empty form. */
  readonly reset: () => void
  /** Takes the draft out of the tab's storage and leaves the form as it is, for when the page is about to go. */
  readonly forget: () => void
}

const forget = () => sessionStorage.removeItem(KEY)

/** The draft of a key, kept in this tab's session storage over reloads. */
export function useDraft(): DraftState {
  const [state, setState] = useState<State>(() => ({ draft: readDraft(sessionStorage.getItem(KEY)) }))
  const { draft } = state
  useEffect(() => {
    if (isEmptyDraft(draft)) forget()
    else sessionStorage.setItem(KEY, JSON.stringify(draft))
  }, [draft])
  const set = useCallback<SetDraft>((field, value) => {
    setState((last) => ({ draft: { ...last.draft, [field]: value }, change: { field, before: last.draft } }))
  }, [])
  const reset = useCallback(() => setState({ draft: emptyDraft }), [])
  return { ...state, set, reset, forget }
}
