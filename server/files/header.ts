/** Header of an age file. The age library parses it and checks its MAC. */
import { Decrypter, type Stanza } from 'age-encryption'
import { FIRST_LINE, type StartFault, startFault } from '../../src/lib/age/file-start.ts'
import { type FileStanza, fileStanzaType, readFileStanza } from '../../src/lib/age/kms-stanza.ts'
import { Failure } from './failure.ts'

export interface FileHeader {
  /** Bytes including the MAC and the line feed after it. */
  readonly bytes: Uint8Array
  readonly stanza: FileStanza
  /** Provider's ciphertext of the file key. */
  readonly ciphertext: string
}

export const LONGEST_HEADER = 1 << 20

const CUT = 'The file is cut short: its header has no end.'

const startFaults: Readonly<Record<StartFault, string>> = {
  empty: 'The file is empty.',
  armored: 'This is an age file in its text form, which the console never writes.',
  'line-ends':
    'The line ends of this file were converted to CRLF, as FTP in ASCII mode and git with autocrlf do. Copy it again as a binary file.',
  'byte-order-mark':
    'This file was saved as text: a byte order mark is before its first line. Copy it again as a binary file.',
  cut: CUT,
  'not-age': 'This is not an age file.',
}

const stanzasOf = async (header: Uint8Array): Promise<readonly Stanza[]> => {
  let stanzas: readonly Stanza[] | undefined
  const decrypter = new Decrypter()
  decrypter.addIdentity({
    unwrapFileKey(all) {
      stanzas = all
      return null
    },
  })
  await decrypter.decryptHeader(header).catch(() => undefined)
  if (stanzas === undefined) throw new Failure('file', 'The header of this age file can’t be read.')
  return stanzas
}

/** @param start first bytes of the file, up to the maximum length of a header */
export const readHeader = async (start: Buffer): Promise<FileHeader> => {
  const text = start.toString('latin1')
  const fault = startFault(text)
  if (fault !== undefined) throw new Failure('file', startFaults[fault])
  const mac = text.indexOf('\n---', FIRST_LINE.length - 1)
  const end = mac < 0 ? -1 : text.indexOf('\n', mac + 1)
  if (end < 0) throw new Failure('file', CUT)
  const bytes = new Uint8Array(start.subarray(0, end + 1))
  const stanzas = await stanzasOf(bytes)
  for (const { args, body } of stanzas) {
    const stanza = readFileStanza(args)
    if (stanza !== undefined) return { bytes, stanza, ciphertext: Buffer.from(body).toString('latin1') }
  }
  const types = [...new Set(stanzas.map(({ args }) => args[0] ?? ''))].filter((type) => !type.endsWith('-grease'))
  throw new Failure(
    'file',
    types.includes(fileStanzaType)
      ? 'The header names a key in a form that this version doesn’t know.'
      : `This file was not encrypted with a key of a cloud. Its recipients: ${types.join(', ') || 'none'}.`,
  )
}

/** Whether the header's MAC matches the file key. */
export const checkHeader = async ({ bytes }: FileHeader, fileKey: Uint8Array): Promise<void> => {
  const decrypter = new Decrypter()
  decrypter.addIdentity({ unwrapFileKey: () => fileKey })
  await decrypter.decryptHeader(bytes).catch(() => {
    throw new Failure('file', 'The key does not open this file: its header was altered.')
  })
}
