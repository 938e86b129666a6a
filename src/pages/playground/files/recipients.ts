/** Recipients of a file, from the stanzas of its header. */

import type { StanzaParts } from '../../../lib/age/header.ts'
import { type FileStanza, fileStanzaType, readFileStanza } from '../../../lib/age/kms-stanza.ts'

export type Recipients =
  | {
      readonly kind: 'key'
      readonly stanza: FileStanza
      /** The wrapped file key. */
      readonly body: Uint8Array
      /** Other recipients, as text. */
      readonly others: readonly string[]
    }
  /** Recipients when none is a KMS key, as text. */
  | { readonly kind: 'others'; readonly others: readonly string[] }
  /** A KMS stanza of an unknown version. */
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

/** GREASE stanzas have no meaning; programs add them so that readers keep accepting unknown types. */
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
