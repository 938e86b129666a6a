/** How an encrypted file names the key that wrapped its file key: the arguments of one stanza in the header of an age file. */

/** The first argument. Another meaning of the others would be another type. */
export const fileStanzaType = 'kms-console/v1'

export interface FileStanza {
  /** The cloud's id, as it stands in this console's paths. */
  readonly cloud: string
  /** A region's slug or a zone's name. */
  readonly location: string
  /** The key's id. */
  readonly key: string
  /** The project's identity, where the key belongs to one. */
  readonly project?: string
  /** The key's version that wrapped the file key, where the cloud tells it. For people: the ciphertext names its own. */
  readonly version?: string
  /** The encryption context, whose bytes are this text in UTF-8. Only where the cloud takes one. */
  readonly context?: string
}

const required = ['cloud', 'location', 'key'] as const
const optional = ['project', 'version', 'context'] as const
const names = [...required, ...optional]

const isName = (text: string): text is (typeof names)[number] => names.some((name) => name === text)

/** The format's arguments are printable ASCII without spaces. */
const isArgument = (text: string) => /^[\x21-\x7e]+$/.test(text)

/** A context of a file of its own: no other wrapped file key can stand in its place. 128 random bits. */
export const newFileContext = (): string =>
  `${fileStanzaType}/${crypto.getRandomValues(new Uint8Array(16)).toBase64({ alphabet: 'base64url', omitPadding: true })}`

/**
 * The stanza's arguments: the type, then `name=value`.
 * @throws RangeError for a value that an argument can't hold
 */
export function writeFileStanza(stanza: FileStanza): string[] {
  const members = names.flatMap((name) => {
    const value = stanza[name]
    if (value === undefined) return []
    if (!isArgument(value)) throw new RangeError(`The ${name} can’t stand in a file’s header.`)
    return [`${name}=${value}`]
  })
  return [fileStanzaType, ...members]
}

/** The stanza, or undefined for arguments that don't make one: a name unknown or twice, an address cut short. */
export function readFileStanza([type, ...members]: readonly string[]): FileStanza | undefined {
  if (type !== fileStanzaType) return undefined
  const read: Partial<Record<(typeof names)[number], string>> = {}
  for (const member of members) {
    const at = member.indexOf('=')
    const name = member.slice(0, at)
    const value = member.slice(at + 1)
    if (at < 1 || !isName(name) || read[name] !== undefined || !isArgument(value)) return undefined
    read[name] = value
  }
  const { cloud, location, key, ...more } = read
  return cloud === undefined || location === undefined || key === undefined
    ? undefined
    : { cloud, location, key, ...more }
}
