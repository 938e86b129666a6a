import { useCallback, useEffect, useState } from 'react'
import { readStored, store } from '../../lib/browser-storage.ts'
import { type Draft, emptyDraft, isEmptyDraft, readDraft } from './draft.ts'

const KEY = 'create-key-draft'

export type SetDraft = <Field extends keyof Draft>(field: Field, value: Draft[Field]) => void

export interface DraftState {
  readonly draft: Draft
  readonly set: SetDraft
  /** Empties the form. */
  readonly reset: () => void
  /** Removes the draft from the tab's storage and leaves the form as it is, before the page is left. */
  readonly forget: () => void
}

const forget = () => store('sessionStorage', KEY, undefined)

/** Draft of a key, kept in the tab's session storage across reloads. */
export function useDraft(): DraftState {
  const [draft, setDraft] = useState<Draft>(() => readDraft(readStored('sessionStorage', KEY)))
  useEffect(() => {
    if (isEmptyDraft(draft)) forget()
    else store('sessionStorage', KEY, JSON.stringify(draft))
  }, [draft])
  const set = useCallback<SetDraft>((field, value) => setDraft((last) => ({ ...last, [field]: value })), [])
  const reset = useCallback(() => setDraft(emptyDraft), [])
  return { draft, set, reset, forget }
}
