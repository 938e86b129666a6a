/** What a pasted text is, as far as it says so itself, and whether a key can decrypt it. Nothing is sent for this. */
import type { Part } from '../../../clouds/ciphertext-format.ts'
import { ciphertextFormatOf } from '../../../clouds/ciphertext-formats.ts'
import type { CloudId, KmsKey } from '../../../clouds/model.ts'
import { needsPurpose } from '../../../clouds/refusals.ts'
import { cloudOf, clouds } from '../../../clouds/registry.ts'
import { type Base64Fault, base64Fault } from '../../../lib/base64-fault.ts'
import { detectFormat, type TextFormat } from '../../../lib/detect-format.ts'
import { decode } from '../../../lib/encodings.ts'
import { formatNumber } from '../../../lib/numbers.ts'
import { readDerSignature } from '../../../lib/offline-verify/der.ts'

/** `prefix:vVERSION:`, with which a ciphertext may begin. */
export interface VersionPrefix {
  readonly prefix: string
  readonly version: number
}

export interface ParsedCiphertext {
  readonly kind: 'ciphertext'
  /** Providers whose ciphertexts look like this. */
  readonly clouds: readonly CloudId[]
  readonly versionPrefix?: VersionPrefix
  /** Whether a provider is known to use the prefix. */
  readonly known: boolean
  /** Decoded bytes, without the prefix. */
  readonly bytes: number
}

export type ParsedText =
  | { readonly kind: 'empty' }
  | { readonly kind: 'other-format'; readonly format: TextFormat }
  | { readonly kind: 'faulty'; readonly fault: Base64Fault; readonly excerpt: FaultExcerpt }
  /** ECDSA signature: its structure is too particular for chance. */
  | { readonly kind: 'signature'; readonly versionPrefix?: VersionPrefix; readonly bytes: number }
  | ParsedCiphertext

/** Characters around a fault, on one line. */
export interface FaultExcerpt {
  readonly before: string
  /** Empty at the end of the text. */
  readonly at: string
  readonly after: string
}

/** Characters on each side of a fault. */
const EXCERPT_LENGTH = 10
const oneLine = (text: string) => text.replace(/\s/g, ' ')

const excerptAt = (text: string, at: number): FaultExcerpt => ({
  before: oneLine(text.slice(Math.max(0, at - EXCERPT_LENGTH), at)),
  at: oneLine(text.slice(at, at + 1)),
  after: oneLine(text.slice(at + 1, at + 1 + EXCERPT_LENGTH)),
})

/** Letters, `:v`, digits and a colon, with white space allowed around. */
const versionPrefixPattern = /^(\s*([A-Za-z]+):v(\d{1,9}):)/
const truncatedPrefixPattern = /^\s*[A-Za-z]+:v?\d*\s*$/

export function parseCiphertext(text: string): ParsedText {
  if (text.trim() === '') return { kind: 'empty' }
  const format = detectFormat(text)
  if (format) return { kind: 'other-format', format }
  const faulty = (fault: Base64Fault): ParsedText => ({ kind: 'faulty', fault, excerpt: excerptAt(text, fault.at) })
  if (truncatedPrefixPattern.test(text))
    return faulty({
      at: text.trimEnd().length,
      message: 'It is incomplete: a colon and base64 must follow the version.',
    })
  const [, start = '', prefix, version] = versionPrefixPattern.exec(text) ?? []
  const fault = base64Fault(text, start.length)
  const decoded = fault ? undefined : decode(text.slice(start.length), 'base64')
  if (fault) return faulty(fault)
  if (!decoded || 'error' in decoded) return faulty({ at: text.length, message: decoded?.error ?? '' })
  return classify(decoded.bytes, prefix === undefined ? {} : { versionPrefix: { prefix, version: Number(version) } })
}

function classify(body: Uint8Array, start: { readonly versionPrefix?: VersionPrefix }): ParsedText {
  const bytes = body.length
  const { versionPrefix } = start
  if (readDerSignature(body)) return { kind: 'signature', bytes, ...start }
  const ids = clouds.map(({ id }) => id)
  const prefixesOf = (id: CloudId) => ciphertextFormatOf(id).prefixes
  const exact = versionPrefix ? ids.filter((id) => prefixesOf(id)?.includes(versionPrefix.prefix)) : []
  // An unknown prefix may be a new one of any provider that names versions.
  const fitting =
    exact.length > 0 ? exact : ids.filter((id) => (prefixesOf(id) !== undefined) === (versionPrefix !== undefined))
  return { kind: 'ciphertext', clouds: fitting, bytes, known: !versionPrefix || exact.length > 0, ...start }
}

/** Pieces of a ciphertext as the key's type lays them out; undefined where that is not known, or does not fit. */
export function partsOf({ clouds, bytes }: ParsedCiphertext, key: KmsKey | undefined): readonly Part[] | undefined {
  const layout = key && clouds.includes(key.cloud) ? ciphertextFormatOf(key.cloud).layout(key, bytes) : undefined
  return layout && 'parts' in layout ? layout.parts : undefined
}

/** Whether a key can decrypt a ciphertext, as far as its text tells. */
export interface KeyMatch {
  /** `no` is certain; `likely` and `unlikely` rest on an expected length. */
  readonly likelihood: 'likely' | 'possible' | 'unlikely' | 'no'
  /** Why not, in one or two sentences. */
  readonly reason?: string
}

const noMatch = (reason: string): KeyMatch => ({ likelihood: 'no', reason })

/** Version 0 stands for the first. */
const effectiveVersion = ({ version }: VersionPrefix) => Math.max(1, version)

function wrongFormat(key: KmsKey): string {
  const { longName, capabilities } = cloudOf(key.cloud)
  return capabilities.ciphertextPrefix === undefined
    ? `This ciphertext names a version. Ciphertexts of ${longName} never do.`
    : `This is no ciphertext of ${longName}. Those begin with a word and a version, such as ${capabilities.ciphertextPrefix}`
}

function wrongVersion(key: KmsKey, versionPrefix: VersionPrefix): string | undefined {
  const version = effectiveVersion(versionPrefix)
  if (version > key.latestVersion)
    return `This ciphertext names version ${formatNumber(version)}. ${key.name} has versions up to ${formatNumber(key.latestVersion)}.`
  if (key.minDecryptionVersion !== undefined && version < key.minDecryptionVersion)
    return `This ciphertext names version ${formatNumber(version)}. ${key.name} decrypts from version ${formatNumber(key.minDecryptionVersion)} on.`
  return undefined
}

/** Compares a ciphertext with a key by provider, type, version and length, whatever the key's state. */
export function matchKey(key: KmsKey, ciphertext: ParsedCiphertext): KeyMatch {
  const { versionPrefix, bytes } = ciphertext
  if (!ciphertext.clouds.includes(key.cloud)) return noMatch(wrongFormat(key))
  const wrong = needsPurpose(key, 'encrypt') ?? (versionPrefix && wrongVersion(key, versionPrefix))
  if (wrong !== undefined) return noMatch(wrong)
  const layout = ciphertextFormatOf(key.cloud).layout(key, bytes)
  if (layout && 'mismatch' in layout)
    return {
      likelihood: layout.certain ? 'no' : 'unlikely',
      reason: `The length does not fit ${key.name}: ${layout.mismatch}.`,
    }
  return { likelihood: layout ? 'likely' : 'possible' }
}
