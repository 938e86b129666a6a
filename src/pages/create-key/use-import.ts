import { useState } from 'react'
import type { Capabilities } from '../../clouds/cloud.ts'
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

/** Wrapped material in the memory of this page alone: a reload loses it. */
interface GivenMaterial {
  /** As it was given; empty when nothing is. */
  readonly text: string
  /** Whose wrapping key it was made with. */
  readonly location?: string | undefined
  /** Why what was just given is not kept. */
  readonly refused?: string
}

const noMaterial: GivenMaterial = { text: '' }

/** What is held as it would be sent, or what is wrong with it; undefined where nothing is imported. */
function readGiven(draft: Draft, traits: Capabilities | undefined, held: GivenMaterial, location: string | undefined) {
  const algorithm = traits && algorithmOf(draft, traits)
  if (!traits?.imports || !algorithm || !importOf(draft, traits)) return undefined
  if (held.refused !== undefined) return { error: held.refused }
  if (held.text !== '' && held.location !== location)
    return {
      error: `This was wrapped for ${held.location ?? 'another place'}. Wrap the key again, with the wrapping key of ${location ?? 'its new place'}.`,
    }
  const type = traits.typeOf(algorithm)
  const size = traits.imports.wrappedSize(type)
  return size && readWrapped(held.text, type, size)
}

const errorsOf = (read: ReadMaterial | undefined): Errors => (read && 'error' in read ? { material: read.error } : {})

/** Bringing one's own key material: what is chosen goes into the draft, the wrapped material never does. */
export function useImport({ draft, set }: DraftState, traits: Capabilities | undefined, location: string | undefined) {
  const [held, setHeld] = useState(noMaterial)
  const chosen = traits && importOf(draft, traits)
  const read = readGiven(draft, traits, held, location)
  const errors = errorsOf(read)

  // A new value each time, so that the cloud's refusal of the last one is over.
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
    /** Undefined where the cloud is to make the material. */
    chosen,
    errors,
    /** What is wrong with what was just given; that nothing is given yet is no such thing. */
    problem: held.text === '' && held.refused === undefined ? undefined : errors.material,
    text: held.text,
    /** Undefined while nothing is given that can be sent. */
    ready: read && 'wrapped' in read ? read : undefined,
    change,
    start: () => {
      if (traits?.imports) set('material', { hash: traits.imports.defaultHash, allowRotation: false, given: false })
    },
    stop: () => {
      setHeld(noMaterial)
      set('material', undefined)
    },
    drop: () => setHeld(noMaterial),
    /** Takes what stands in the field; a key in clear is dropped at once. */
    give: (text: string) => {
      // What is typed by hand passes through lengths that mean nothing.
      const atOnce = Math.abs(text.length - held.text.length) > 1
      if (atOnce && isUnwrappedText(text)) refuse(UNWRAPPED_KEY)
      else keep(text)
    },
    /** What was typed by hand is looked at when the field is left. */
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
