import { Decrypter } from 'age-encryption'
import { AgeError, type AgeProblem } from './age-error.ts'
import { checkHeader, readHeader } from './header.ts'
import { type ChunkCipher, hasNativeCipher, nativeCipher, payloadKey } from './native.ts'
import { drain, pipeline, type Work } from './pipeline.ts'
import { piecesOf, readBlob, streamOf } from './read-blob.ts'
import { CHUNK, nonceOf, plaintextSize, SALT, SEALED_CHUNK } from './stream.ts'

const opens = (chunk: Promise<unknown>): Promise<boolean> =>
  chunk.then(
    () => true,
    () => false,
  )

/** Chunks of a file, and the error when one does not authenticate. */
class Payload {
  readonly sealed: Blob
  readonly count: number
  private readonly start: number
  private readonly cipher: ChunkCipher

  constructor(file: Blob, start: number, cipher: ChunkCipher) {
    this.start = start
    this.sealed = file.slice(start)
    this.count = Math.ceil(this.sealed.size / SEALED_CHUNK)
    this.cipher = cipher
  }

  open(chunk: Uint8Array<ArrayBuffer>, index: number, last = index === this.count - 1): Promise<ArrayBuffer> {
    return this.cipher.open(chunk, nonceOf(index, last)).catch(async () => {
      throw new AgeError(await this.problemAt(index))
    })
  }

  /** Whether the chunk authenticates as the last one or as an earlier one. */
  private async opensAs(index: number, last: boolean): Promise<boolean> {
    const chunk = this.sealed.slice(index * SEALED_CHUNK, (index + 1) * SEALED_CHUNK)
    return opens(this.cipher.open(new Uint8Array(await chunk.arrayBuffer()), nonceOf(index, last)))
  }

  private async problemAt(index: number): Promise<AgeProblem> {
    const from = this.start + index * SEALED_CHUNK
    if (index < this.count - 1)
      return (await this.opensAs(index, true))
        ? { kind: 'trailing', from: from + SEALED_CHUNK }
        : { kind: 'altered', from }
    const at = this.start + this.sealed.size
    if (index > 0 && (await this.opensAs(index - 1, true))) return { kind: 'trailing', from }
    if (plaintextSize(this.sealed.size) === undefined) return { kind: 'cut', at }
    if (this.sealed.size % SEALED_CHUNK !== 0) return { kind: 'cut-or-altered', from, at }
    return (await this.opensAs(index, false)) ? { kind: 'cut', at } : { kind: 'altered', from }
  }

  /**
   * The end is looked at first: a file that was cut short need not be read for it. Where what comes before is wrong too, the
   * reading in order says from where on.
   */
  async checkEnd(): Promise<void> {
    const last = Math.max(0, this.count - 1)
    const sound = plaintextSize(this.sealed.size) !== undefined && (await this.opensAs(last, true))
    if (sound) return
    const problem = await this.problemAt(last)
    if (problem.kind === 'trailing' || last === 0 || (await this.opensAs(last - 1, false))) throw new AgeError(problem)
  }
}

async function decryptByLibrary(file: Blob, headerSize: number, fileKey: Uint8Array, work: Work): Promise<void> {
  const { sink, onProgress, signal, read = readBlob } = work
  const decrypter = new Decrypter()
  decrypter.addIdentity({ unwrapFileKey: () => fileKey })
  const start = headerSize + SALT
  let written = 0
  const here = () => start + Math.floor(written / CHUNK) * SEALED_CHUNK
  const stream = await decrypter.decrypt(streamOf(file, read))
  let writing = false
  try {
    await drain(
      stream,
      async (bytes) => {
        writing = true
        await sink.write(bytes)
        writing = false
        written += bytes.length
        onProgress?.(Math.min(here(), file.size))
      },
      signal,
    )
  } catch (error) {
    // The library throws a plain Error for a chunk; browser errors have a name of their own.
    if (signal?.aborted || writing || !(error instanceof Error) || error.name !== 'Error') throw error
    throw new AgeError({ kind: 'cut-or-altered', from: here(), at: file.size })
  }
}

/**
 * Decrypts an age file. Until it resolves, the sink may have received part of a damaged file.
 * @param fileKey 16 bytes
 * @throws AgeError for a damaged file
 */
export async function decrypt(file: Blob, fileKey: Uint8Array<ArrayBuffer>, work: Work): Promise<void> {
  const { sink, onProgress, signal, read = readBlob } = work
  const header = await readHeader(file)
  await checkHeader(header, fileKey)
  const start = header.bytes.length + SALT
  if (file.size < start) throw new AgeError({ kind: 'header-cut', at: file.size })
  const salt = new Uint8Array(await file.slice(header.bytes.length, start).arrayBuffer())
  const native = !work.libraryOnly && (await hasNativeCipher())
  const cipher = native ? await nativeCipher(await payloadKey(fileKey, salt)) : undefined
  if (!cipher) return decryptByLibrary(file, header.bytes.length, fileKey, work)
  const payload = new Payload(file, start, cipher)
  await payload.checkEnd()
  await pipeline(
    piecesOf(payload.sealed, SEALED_CHUNK, read),
    (piece, index) => payload.open(piece, index),
    async (opened, index) => {
      await sink.write(opened)
      onProgress?.(Math.min(start + (index + 1) * SEALED_CHUNK, file.size))
    },
    signal,
  )
}
