/** Sentences about a pasted text, the same on screen and for screen readers. */
import type { KmsKey } from '../../../clouds/model.ts'
import { cloudOf } from '../../../clouds/registry.ts'
import type { TextFormat } from '../../../lib/detect-format.ts'
import { matchKey, type ParsedCiphertext, type ParsedText, type VersionPrefix } from './parse-ciphertext.ts'

/** Text that is no ciphertext at all. */
function describeOtherFormat(format: TextFormat): string {
  switch (format.kind) {
    case 'age':
      return format.armored
        ? 'This is an age file in text form, not a ciphertext. Decrypt it with the program that made it.'
        : 'This is an encrypted file (age), not a ciphertext. Decrypt it on the tab File.'
    case 'pem':
      return `This is a PEM block (${format.label}), not a ciphertext.${format.label.includes('PRIVATE') ? ' It is secret: clear the field.' : ''}`
    case 'jwt':
      return 'This is a token (JWT), not a ciphertext.'
  }
}

/** Sure or likely reason why the key can't decrypt a text, as one sentence; undefined while nothing is known. */
export function doubtOf(parsed: ParsedText, key: KmsKey | undefined): string | undefined {
  switch (parsed.kind) {
    case 'empty':
      return undefined
    case 'other-format':
      return describeOtherFormat(parsed.format)
    case 'faulty':
      return parsed.fault.message
    case 'signature':
      return 'This is an ECDSA signature, not a ciphertext. Verify it on the tab Verify.'
    case 'ciphertext':
      return key && matchKey(key, parsed).reason
  }
}

/** Provider of a ciphertext; several are named side by side. */
export function describeOrigin({ clouds, versionPrefix, known }: ParsedCiphertext): string {
  const names = new Intl.ListFormat('en', { type: 'disjunction' }).format(clouds.map((id) => cloudOf(id).longName))
  if (!versionPrefix) return `Base64 without a version, as ciphertexts of ${names} are`
  return known
    ? `Ciphertext of ${names}`
    : `Ciphertext with a version, as those of ${names} are. The prefix “${versionPrefix.prefix}” is not known`
}

/** `7, the latest version of billing archive`, or `7` while no key of such ciphertexts is selected. */
export function describeVersion({ version }: VersionPrefix, key: KmsKey | undefined): string {
  if (!key || cloudOf(key.cloud).capabilities.ciphertextPrefix === undefined || version > key.latestVersion)
    return String(version)
  return version === key.latestVersion
    ? `${version}, the latest version of ${key.name}`
    : `${version}; the latest version of ${key.name} is ${key.latestVersion}`
}
