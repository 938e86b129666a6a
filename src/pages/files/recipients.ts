/** Whom a file was encrypted to, from the stanzas of its header. */

import type { StanzaParts } from '../../lib/age/header.ts'
import { type FileStanza, fileStanzaType, readFileStanza } from '../../lib/age/kms-stanza.ts'

export type Recipients =
  | {
      readonly kind: 'key'
      readonly stanza: FileStanza
      /** The wrapped file key. */
      readonly body: Uint8Array
      /** Who else can open it, in words. */
      readonly others: readonly string[]
    }
  /** Only others can open it, in words. */
  | { readonly kind: 'others'; readonly others: readonly string[] }
  /** Our stanza, in a form that this build doesn't know. */
  | { readonly kind: 'unknown-form' }

const names: Readonly<Record<string, string>> = {
  X25519: 'an age key (X25519)',
  mlkem768x25519: 'a post-quantum age key (mlkem768x25519)',
  scrypt: 'a passphrase (scrypt)',
  'ssh-ed25519': 'an SSH key (ssh-ed25519)',
  'ssh-rsa': 'an SSH key (ssh-rsa)',
  'piv-p256': 'a hardware key (piv-p256)',
  p256tag: 'a hardware key (p256tag)',
  mlkem768p256tag: 'a hardware key (mlkem768p256tag)',
}

/** Programs may add stanzas that mean nothing, so that readers stay used to unknown ones. */
const isGrease = (type: string) => type.endsWith('-grease')

const isKmsStanza = (type: string) => type.startsWith(`${fileStanzaType.replace(/\/.*/, '')}/`)

export function recipientsOf(stanzas: readonly StanzaParts[]): Recipients {
  const types = stanzas.map(({ args: [type = ''] }) => type)
  const others = [...new Set(types.filter((type) => !isGrease(type) && !isKmsStanza(type)))].map(
    (type) => names[type] ?? `a recipient of type ${type}`,
  )
  for (const { args, body } of stanzas) {
    const stanza = readFileStanza(args)
    if (stanza) return { kind: 'key', stanza, body, others }
  }
  return types.some(isKmsStanza) ? { kind: 'unknown-form' } : { kind: 'others', others }
}
