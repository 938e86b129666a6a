import { useState } from 'react'
import type { Capabilities } from '../../clouds/capabilities.ts'
import { algorithmOf, type Draft, importOf, type MaterialDraft } from './draft.ts'
import type { DraftState } from './use-draft.ts'
import type { Errors } from './validate.ts'
import {
  isUnwrappedText,
  MAX_FILE_SIZE,
  type ReadMaterial,
  readFileBytes,
  readWrapped,
  UNWRAPPED_KEY,
} from './wrapped-material.ts'

/** Wrapped material, only in the memory of this page. */
interface GivenMaterial {
  /** Text as provided; empty without material. */
  readonly text: string
  /** Location whose wrapping key wrapped it. */
  readonly location?: string | undefined
  /** Why the last input was dropped. */
  readonly refused?: string
}

const noMaterial: GivenMaterial = { text: '' }

/** Material as it would be sent, or its problem; undefined where nothing is imported. */
function readGiven(
  draft: Draft,
  capabilities: Capabilities | undefined,
  held: GivenMaterial,
  location: string | undefined,
) {
  const algorithm = capabilities && algorithmOf(draft, capabilities)
  if (!capabilities?.imports || !algorithm || !importOf(draft, capabilities)) return undefined
  if (held.refused !== undefined) return { error: held.refused }
  if (held.text !== '' && held.location !== location)
    return {
      error: `This was wrapped for ${held.location ?? 'another place'}. Wrap the key again, with the wrapping key of ${location ?? 'its new place'}.`,
    }
  const type = capabilities.typeOf(algorithm)
  const size = capabilities.imports.wrappedSize(type)
  return size && readWrapped(held.text, type, size)
}

const errorsOf = (read: ReadMaterial | undefined): Errors => (read && 'error' in read ? { material: read.error } : {})

/** Import of key material: the choices are part of the draft, the wrapped material never is. */
export function useImport(
  { draft, set }: DraftState,
  capabilities: Capabilities | undefined,
  location: string | undefined,
) {
  const [held, setHeld] = useState(noMaterial)
  const chosen = capabilities && importOf(draft, capabilities)
  const read = readGiven(draft, capabilities, held, location)
  const errors = errorsOf(read)

  // A new object each time, which ends the refusal of the last material.
  const change = (part: Partial<MaterialDraft>) => {
    if (chosen) set('material', { ...chosen, ...part })
  }
  const keep = (text: string) => {
    setHeld({ text, location })
    change({ given: text.trim() !== '' })
  }
  const refuse = (refused: string) => {
    setHeld({ text: '', refused })
    change({ given: false })
  }

  return {
    /** Choices about the import; undefined where the provider generates the material. */
    chosen,
    errors,
    /** Problem of the material that was provided; undefined while there is none. */
    problem: held.text === '' && held.refused === undefined ? undefined : errors.material,
    text: held.text,
    /** Material that can be sent; undefined while there is none. */
    ready: read && 'wrapped' in read ? read : undefined,
    change,
    start: () => {
      if (capabilities?.imports)
        set('material', { hash: capabilities.imports.defaultHash, allowRotation: false, given: false })
    },
    stop: () => {
      setHeld(noMaterial)
      set('material', undefined)
    },
    drop: () => setHeld(noMaterial),
    /** Sets the text of the field; an unwrapped key is dropped immediately. */
    give: (text: string) => {
      // Typing passes through lengths that look like a key: only pasted text is checked here.
      const atOnce = Math.abs(text.length - held.text.length) > 1
      if (atOnce && isUnwrappedText(text)) refuse(UNWRAPPED_KEY)
      else keep(text)
    },
    /** Checks typed text when the field loses the focus. */
    leave: () => {
      if (isUnwrappedText(held.text)) refuse(UNWRAPPED_KEY)
    },
    giveFile: async (file: File) => {
      if (file.size > MAX_FILE_SIZE) return refuse('This file is too large for a wrapped key. Choose import.b64.')
      const result = readFileBytes(new Uint8Array(await file.arrayBuffer()))
      if ('error' in result) refuse(result.error)
      else keep(result.text)
    },
  }
}

export type ImportState = ReturnType<typeof useImport>
