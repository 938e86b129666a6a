/** What a pasted text is, as far as it says so itself, and whether a key could open it. Nothing is sent for this. */
import { ciphertextFormatOf, type Layout } from '../../../clouds/ciphertext-format.ts'
import type { CloudId, KmsKey } from '../../../clouds/model.ts'
import { cloudOf, clouds } from '../../../clouds/queries.ts'
import { needsPurpose } from '../../../clouds/refusals.ts'
import { type Base64Fault, base64Fault } from '../../../lib/base64-fault.ts'
import { detectFormat, type TextFormat } from '../../../lib/detect-format.ts'
import { decode } from '../../../lib/encodings.ts'
import { formatNumber } from '../../../lib/numbers.ts'
import { readDerSignature } from '../../../lib/offline-verify/der.ts'

export interface VersionPrefix {
  readonly prefix: string
  readonly version: number
}

export interface ParsedCiphertext {
  readonly kind: 'ciphertext'
  /** Clouds whose ciphertexts look like this. */
  readonly clouds: readonly CloudId[]
  /** The word and the version that it begins with. */
  readonly mark?: VersionPrefix
  /** Whether the word is one that a cloud uses. */
  readonly known: boolean
  /** Decoded bytes, without the mark. */
  readonly bytes: number
}

export type ParsedText =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'foreign'; readonly what: TextFormat }
  | { readonly kind: 'faulty'; readonly fault: Base64Fault; readonly around: FaultExcerpt }
  /** An ECDSA signature: its structure is too particular for chance. */
  | { readonly kind: 'signature'; readonly mark?: VersionPrefix; readonly bytes: number }
  | ParsedCiphertext

/** The characters around a fault, on one line. */
export interface FaultExcerpt {
  readonly before: string
  /** Empty at the end of the text. */
  readonly at: string
  readonly after: string
}

const EXCERPT_LENGTH = 10
const oneLine = (text: string) => text.replace(/\s/g, ' ')

const excerptAt = (text: string, at: number): FaultExcerpt => ({
  before: oneLine(text.slice(Math.max(0, at - EXCERPT_LENGTH), at)),
  at: oneLine(text.slice(at, at + 1)),
  after: oneLine(text.slice(at + 1, at + 1 + EXCERPT_LENGTH)),
})

const isVersioned = (cloud: CloudId) => ciphertextFormatOf(cloud).prefixes !== undefined

/** Letters, `:v`, digits and a colon, with white space allowed around. */
const versionPrefix = /^(\s*([A-Za-z]+):v(\d{1,9}):)/
const truncatedPrefix = /^\s*[A-Za-z]+:v?\d*\s*$/

export function parseCiphertext(text: string): ParsedText {
  if (text.trim() === '') return { kind: 'nothing' }
  const what = detectFormat(text)
  if (what) return { kind: 'foreign', what }
  const faulty = (fault: Base64Fault): ParsedText => ({ kind: 'faulty', fault, around: excerptAt(text, fault.at) })
  if (truncatedPrefix.test(text))
    return faulty({
      at: text.trimEnd().length,
      message: 'It is cut short: after its version a colon and base64 have to follow.',
    })
  const [, start = '', prefix, version] = versionPrefix.exec(text) ?? []
  const fault = base64Fault(text, start.length)
  const decoded = fault ? undefined : decode(text.slice(start.length), 'base64')
  if (fault) return faulty(fault)
  if (!decoded || 'error' in decoded) return faulty({ at: text.length, message: decoded?.error ?? '' })
  const mark = prefix === undefined ? undefined : { prefix, version: Number(version) }
  return read(decoded.bytes, mark)
}

function read(body: Uint8Array, mark: VersionPrefix | undefined): ParsedText {
  const bytes = body.length
  if (readDerSignature(body)) return { kind: 'signature', bytes, ...(mark ? { mark } : {}) }
  const ids = clouds.map(({ id }) => id)
  const naming = mark ? ids.filter((id) => ciphertextFormatOf(id).prefixes?.includes(mark.prefix)) : []
  // A word that nobody uses may be a new one: whoever names versions is not ruled out.
  const fitting = naming.length > 0 ? naming : ids.filter((id) => isVersioned(id) === (mark !== undefined))
  return { kind: 'ciphertext', clouds: fitting, bytes, known: !mark || naming.length > 0, ...(mark ? { mark } : {}) }
}

export interface KeyMatch {
  /** `no` is certain; `unlikely` rests on what is only expected. */
  readonly could: 'yes' | 'unlikely' | 'no'
  /** One or two sentences. */
  readonly why: string
}

const no = (why: string): KeyMatch => ({ could: 'no', why })

/** Version 0 is read as the first. */
const versionOf = ({ version }: VersionPrefix) => Math.max(1, version)

function wrongForm(key: KmsKey): string {
  const { longName, capabilities: traits } = cloudOf(key.cloud)
  return traits.ciphertextPrefix === undefined
    ? `Ciphertexts of ${longName} never name a version, and this one does.`
    : `Ciphertexts of ${longName} begin with a word and a version, such as ${traits.ciphertextPrefix}, and this one doesn’t.`
}

function wrongVersion(key: KmsKey, mark: VersionPrefix): string | undefined {
  const version = versionOf(mark)
  if (version > key.latestVersion)
    return `It names version ${formatNumber(version)}, and ${key.name} has versions up to ${formatNumber(key.latestVersion)}.`
  if (key.minDecryptionVersion !== undefined && version < key.minDecryptionVersion)
    return `It names version ${formatNumber(version)}, and ${key.name} decrypts from version ${formatNumber(key.minDecryptionVersion)} on.`
  return undefined
}

/** Whether the key could open the ciphertext by cloud, type and version. Its state now is not looked at. */
export function matchKey(key: KmsKey, ciphertext: ParsedCiphertext): KeyMatch {
  const { mark, bytes } = ciphertext
  if (!ciphertext.clouds.includes(key.cloud)) return no(wrongForm(key))
  const cannot = needsPurpose(key, 'encrypt')
  if (cannot !== undefined) return no(cannot)
  const wrong = mark && wrongVersion(key, mark)
  if (wrong !== undefined) return no(wrong)
  const layout = ciphertextFormatOf(key.cloud).layout(key, bytes)
  if (layout && 'mismatch' in layout) return { could: 'unlikely', why: `By its length it is not: ${layout.mismatch}.` }
  return { could: 'yes', why: reasonFor(key, mark, layout) }
}

function reasonFor(key: KmsKey, mark: VersionPrefix | undefined, layout: Layout | undefined): string {
  const tells = 'Only decrypting tells whether this key made it.'
  if (!mark) return tells
  const version = versionOf(mark)
  const which = version === key.latestVersion ? `It has version ${version}, its latest` : `It has version ${version}`
  return `${which}${layout ? `, and the length fits ${key.type}` : ''}. ${tells}`
}
