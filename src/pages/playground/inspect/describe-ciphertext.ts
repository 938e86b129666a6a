/** Sentences about a pasted text, the same on screen and for screen readers. */
import type { KmsKey } from '../../../clouds/model.ts'
import { cloudOf } from '../../../clouds/registry.ts'
import type { TextFormat } from '../../../lib/detect-format.ts'
import { count } from '../../../lib/numbers.ts'
import { refusalOf } from '../../shared/offered-operations.ts'
import {
  type KeyMatch,
  matchKey,
  type ParsedCiphertext,
  type ParsedText,
  type VersionPrefix,
} from './parse-ciphertext.ts'

/** Text that is no ciphertext at all. */
export function describeOtherFormat(format: TextFormat): string {
  switch (format.kind) {
    case 'age':
      return format.armored
        ? 'This is an age file in its text form, not a ciphertext. Files encrypted here are binary, so another program made it. Open it with that.'
        : 'This is an encrypted file (age), not a ciphertext. Its key opens it under Decrypt a file.'
    case 'pem':
      return `This is a PEM block (${format.label}), not a ciphertext.${format.label.includes('PRIVATE') ? ' It is secret: clear it here.' : ''}`
    case 'jwt':
      return 'This is a token (JWT), not a ciphertext.'
  }
}

export const SIGNATURE_PASTED = 'This is an ECDSA signature, not a ciphertext. Check it under Verify.'

/** `A ciphertext of NAME`; several providers are named side by side. */
export function describeOrigin({ clouds, versionPrefix, known }: ParsedCiphertext): string {
  const names = new Intl.ListFormat('en', { type: 'disjunction' }).format(clouds.map((id) => cloudOf(id).longName))
  if (!versionPrefix) return `Base64 without a version, as ciphertexts of ${names} are`
  return known
    ? `A ciphertext of ${names}`
    : `A ciphertext with a version, as those of ${names} are; “${versionPrefix.prefix}” is not a word that it is known to use`
}

/** `7, the latest of billing archive`, or `7` while no key of such ciphertexts is selected. */
export function describeVersion({ version }: VersionPrefix, key: KmsKey | undefined): string {
  if (!key || cloudOf(key.cloud).capabilities.ciphertextPrefix === undefined) return String(version)
  if (version === key.latestVersion) return `${version}, the latest of ${key.name}`
  return version < key.latestVersion ? `${version}; the latest of ${key.name} is ${key.latestVersion}` : String(version)
}

const matchPhrases = { yes: 'could open it', unlikely: 'probably can’t open it', no: 'can’t open it' } as const

const capitalize = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

export interface KeyMatchDescription extends KeyMatch {
  /** "Could open it, but not now" */
  readonly title: string
}

/** Match of a key, with what its state allows now. */
export function describeKeyMatch(key: KmsKey, ciphertext: ParsedCiphertext): KeyMatchDescription {
  const { likelihood, reason } = matchKey(key, ciphertext)
  const refusal = likelihood === 'no' ? undefined : refusalOf(key, 'decrypt')
  const title = capitalize(matchPhrases[likelihood])
  if (refusal === undefined) return { likelihood, title, reason }
  return { likelihood, title: `${title}, but not now`, reason: `${refusal} ${reason}` }
}

/** One announcement for screen readers. */
export function summarizeText(parsed: ParsedText, key: KmsKey | undefined): string {
  switch (parsed.kind) {
    case 'empty':
      return ''
    case 'other-format':
      return describeOtherFormat(parsed.format)
    case 'faulty':
      return parsed.fault.message
    case 'signature':
      return SIGNATURE_PASTED
    case 'ciphertext': {
      const { versionPrefix, bytes } = parsed
      const summary = `${describeOrigin(parsed)}${versionPrefix ? `, version ${versionPrefix.version}` : ''}, ${count(bytes, 'byte')}.`
      return key ? `${summary} ${key.name} ${matchPhrases[matchKey(key, parsed).likelihood]}.` : summary
    }
  }
}
