/** What is said of an inspected text: the same for eyes and for screen readers. */
import type { KmsKey } from '../../../clouds/model.ts'
import { cloudOf } from '../../../clouds/queries.ts'
import type { TextFormat } from '../../../lib/detect-format.ts'
import { count } from '../../../lib/numbers.ts'
import { refusalOf } from '../../shared/operations.ts'
import { matchKey, type ParsedCiphertext, type ParsedText, type VersionPrefix } from './parse-ciphertext.ts'

/** Of what is no ciphertext at all; the way out stands beside it where there is one. */
export function describeOtherFormat(what: TextFormat): string {
  switch (what.kind) {
    case 'age':
      return what.armored
        ? 'This is an age file in its text form, not a ciphertext. Files encrypted here are binary, so another program made it. Open it with that.'
        : 'This is an encrypted file (age), not a ciphertext. Its key opens it under Decrypt a file.'
    case 'pem':
      return `This is a PEM block (${what.label}), not a ciphertext.${what.label.includes('PRIVATE') ? ' It is secret: clear it here.' : ''}`
    case 'jwt':
      return 'This is a token (JWT), not a ciphertext.'
  }
}

export const SIGNATURE_PASTED = 'This is an ECDSA signature, not a ciphertext. Check it under Verify.'

/** `a ciphertext of Thalassa Cloud`; several clouds are named side by side. */
export function describeOrigin({ clouds, mark, known }: ParsedCiphertext): string {
  const names = new Intl.ListFormat('en', { type: 'disjunction' }).format(clouds.map((id) => cloudOf(id).longName))
  if (!mark) return `Base64 without a version, as ciphertexts of ${names} are`
  return known
    ? `A ciphertext of ${names}`
    : `A ciphertext with a version, as those of ${names} are; “${mark.prefix}” is not a word that it is known to use`
}

/** `7, the latest of billing archive`, or `7` while no key of such ciphertexts is chosen. */
export function describeVersion({ version }: VersionPrefix, key: KmsKey | undefined): string {
  if (!key || cloudOf(key.cloud).capabilities.ciphertextPrefix === undefined) return String(version)
  if (version === key.latestVersion) return `${version}, the latest of ${key.name}`
  return version < key.latestVersion ? `${version}; the latest of ${key.name} is ${key.latestVersion}` : String(version)
}

const verdictTitles = { yes: 'could open it', unlikely: 'probably can’t open it', no: 'can’t open it' } as const

export interface KeyMatchDescription {
  readonly could: keyof typeof verdictTitles
  /** `Could open it` */
  readonly title: string
  readonly why: string
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

/** With the state that the key is in: what could be, and what stands in the way now. */
export function describeKeyMatch(key: KmsKey, ciphertext: ParsedCiphertext): KeyMatchDescription {
  const { could, why } = matchKey(key, ciphertext)
  const now = could === 'no' ? undefined : refusalOf(key, 'decrypt')
  return {
    could,
    title: now === undefined ? capital(verdictTitles[could]) : `${capital(verdictTitles[could])}, but not now`,
    why: now === undefined ? why : `${now} ${why}`,
  }
}

/** For screen readers, in one breath. */
export function summarizeInspection(inspection: ParsedText, key: KmsKey | undefined): string {
  switch (inspection.kind) {
    case 'nothing':
      return ''
    case 'foreign':
      return describeOtherFormat(inspection.what)
    case 'faulty':
      return inspection.fault.message
    case 'signature':
      return SIGNATURE_PASTED
    case 'ciphertext': {
      const { mark, bytes } = inspection
      const said = `${describeOrigin(inspection)}${mark ? `, version ${mark.version}` : ''}, ${count(bytes, 'byte')}.`
      return key ? `${said} ${key.name} ${verdictTitles[matchKey(key, inspection).could]}.` : said
    }
  }
}
