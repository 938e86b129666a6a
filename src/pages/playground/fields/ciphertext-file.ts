import { useState } from 'react'
import { detectFormat } from '../../../lib/detect-format.ts'
import { encode, toBase64 } from '../../../lib/encodings.ts'

/** No cloud takes a longer ciphertext. Bytes of the file, which holds base64. */
const LARGEST = 1 << 18

/** Where the header of an age file ends: what follows is its encrypted content. */
const AGE_HEADER_END = '\n---'

const latin1 = new TextDecoder('latin1')

/**
 * What a file holds, as the field takes it: its text, or the base64 of its bytes. Of an encrypted file (age) only the
 * header, which says what it is. Undefined for what is too large for a ciphertext.
 */
export async function readCiphertextFile(file: Blob): Promise<string | undefined> {
  const bytes = new Uint8Array(await file.slice(0, LARGEST).arrayBuffer())
  const start = latin1.decode(bytes)
  if (detectFormat(start)?.kind === 'age') return start.split(AGE_HEADER_END, 1)[0]
  if (file.size > LARGEST) return undefined
  return encode(bytes, 'text') ?? toBase64(bytes)
}

/** Reads a file that is dropped on a ciphertext's field. */
export function useCiphertextFile(onText: (text: string) => void) {
  const [tooLarge, setTooLarge] = useState(false)
  return {
    /** Of the last file that was dropped; say `forget` when something else is typed. */
    tooLarge,
    forget: () => setTooLarge(false),
    onFile: (file: File) =>
      void readCiphertextFile(file).then((text) => {
        setTooLarge(text === undefined)
        if (text !== undefined) onText(text)
      }),
  }
}

export const FILE_TOO_LARGE =
  'This file is too large for a ciphertext. Decrypt a file opens files that were encrypted here.'
