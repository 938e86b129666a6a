/** What a pasted text is, as far as it says so itself, and whether a key could open it. Nothing is sent for this. */
import { formOf, type Layout } from '../../clouds/inspect.ts'
import type { CloudId, KmsKey } from '../../clouds/model.ts'
import { cloudOf, clouds } from '../../clouds/queries.ts'
import { needsPurpose } from '../../clouds/wording.ts'
import { type Base64Fault, base64Fault } from '../../lib/base64-fault.ts'
import { detectFormat, type TextFormat } from '../../lib/detect-format.ts'
import { decode } from '../../lib/encodings.ts'
import { formatNumber } from '../../lib/numbers.ts'
import { readDerSignature } from '../../lib/offline-verify/der.ts'

export interface Mark {
  readonly prefix: string
  readonly version: number
}

export interface CiphertextRead {
  readonly kind: 'ciphertext'
  /** Clouds whose ciphertexts look like this. */
  readonly clouds: readonly CloudId[]
  /** The word and the version that it begins with. */
  readonly mark?: Mark
  /** Whether the word is one that a cloud uses. */
  readonly known: boolean
  /** Decoded bytes, without the mark. */
  readonly bytes: number
}

export type Inspection =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'foreign'; readonly what: TextFormat }
  | { readonly kind: 'faulty'; readonly fault: Base64Fault; readonly around: Around }
  /** An ECDSA signature: its structure is too particular for chance. */
  | { readonly kind: 'signature'; readonly mark?: Mark; readonly bytes: number }
  | CiphertextRead

/** The characters around a fault, on one line. */
export interface Around {
  readonly before: string
  /** Empty at the end of the text. */
  readonly at: string
  readonly after: string
}

const NEAR = 10
const oneLine = (text: string) => text.replace(/\s/g, ' ')

const aroundOf = (text: string, at: number): Around => ({
  before: oneLine(text.slice(Math.max(0, at - NEAR), at)),
  at: oneLine(text.slice(at, at + 1)),
  after: oneLine(text.slice(at + 1, at + 1 + NEAR)),
})

const isVersioned = (cloud: CloudId) => formOf(cloud).prefixes !== undefined

/** Letters, `:v`, digits and a colon, with white space allowed around. */
const marked = /^(\s*([A-Za-z]+):v(\d{1,9}):)/
const markCut = /^\s*[A-Za-z]+:v?\d*\s*$/

export function inspect(text: string): Inspection {
  if (text.trim() === '') return { kind: 'nothing' }
  const what = detectFormat(text)
  if (what) return { kind: 'foreign', what }
  const faulty = (fault: Base64Fault): Inspection => ({ kind: 'faulty', fault, around: aroundOf(text, fault.at) })
  if (markCut.test(text))
    return faulty({
      at: text.trimEnd().length,
      message: 'It is cut short: after its version a colon and base64 have to follow.',
    })
  const [, start = '', prefix, version] = marked.exec(text) ?? []
  const fault = base64Fault(text, start.length)
  const decoded = fault ? undefined : decode(text.slice(start.length), 'base64')
  if (fault) return faulty(fault)
  if (!decoded || 'error' in decoded) return faulty({ at: text.length, message: decoded?.error ?? '' })
  const mark = prefix === undefined ? undefined : { prefix, version: Number(version) }
  return read(decoded.bytes, mark)
}

function read(body: Uint8Array, mark: Mark | undefined): Inspection {
  const bytes = body.length
  if (readDerSignature(body)) return { kind: 'signature', bytes, ...(mark ? { mark } : {}) }
  const ids = clouds.map(({ id }) => id)
  const naming = mark ? ids.filter((id) => formOf(id).prefixes?.includes(mark.prefix)) : []
  // A word that nobody uses may be a new one: whoever names versions is not ruled out.
  const fitting = naming.length > 0 ? naming : ids.filter((id) => isVersioned(id) === (mark !== undefined))
  return { kind: 'ciphertext', clouds: fitting, bytes, known: !mark || naming.length > 0, ...(mark ? { mark } : {}) }
}

export interface Verdict {
  /** `no` is certain; `unlikely` rests on what is only expected. */
  readonly could: 'yes' | 'unlikely' | 'no'
  /** One or two sentences. */
  readonly why: string
}

const no = (why: string): Verdict => ({ could: 'no', why })

/** Version 0 is read as the first. */
const versionOf = ({ version }: Mark) => Math.max(1, version)

function wrongForm(key: KmsKey): string {
  const { longName, traits } = cloudOf(key.cloud)
  return traits.ciphertextStart === undefined
    ? `Ciphertexts of ${longName} never name a version, and this one does.`
    : `Ciphertexts of ${longName} begin with a word and a version, such as ${traits.ciphertextStart}, and this one doesn’t.`
}

function wrongVersion(key: KmsKey, mark: Mark): string | undefined {
  const version = versionOf(mark)
  if (version > key.latestVersion)
    return `It names version ${formatNumber(version)}, and ${key.name} has versions up to ${formatNumber(key.latestVersion)}.`
  if (key.minDecryptionVersion !== undefined && version < key.minDecryptionVersion)
    return `It names version ${formatNumber(version)}, and ${key.name} decrypts from version ${formatNumber(key.minDecryptionVersion)} on.`
  return undefined
}

/** Whether the key could open the ciphertext by cloud, type and version. Its state now is not looked at. */
export function couldOpen(key: KmsKey, ciphertext: CiphertextRead): Verdict {
  const { mark, bytes } = ciphertext
  if (!ciphertext.clouds.includes(key.cloud)) return no(wrongForm(key))
  const cannot = needsPurpose(key, 'encrypt')
  if (cannot !== undefined) return no(cannot)
  const wrong = mark && wrongVersion(key, mark)
  if (wrong !== undefined) return no(wrong)
  const layout = formOf(key.cloud).layout(key, bytes)
  if (layout && 'misfit' in layout) return { could: 'unlikely', why: `By its length it is not: ${layout.misfit}.` }
  return { could: 'yes', why: reasonFor(key, mark, layout) }
}

function reasonFor(key: KmsKey, mark: Mark | undefined, layout: Layout | undefined): string {
  const tells = 'Only decrypting tells whether this key made it.'
  if (!mark) return tells
  const version = versionOf(mark)
  const which = version === key.latestVersion ? `It has version ${version}, its latest` : `It has version ${version}`
  return `${which}${layout ? `, and the length fits ${key.type}` : ''}. ${tells}`
}
