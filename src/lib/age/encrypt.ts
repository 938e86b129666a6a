import { Encrypter } from 'age-encryption'
import { makeHeader, recipientOf, type Wrap } from './header.ts'
import { hasNativeCipher, nativeCipher, payloadKey } from './native.ts'
import { drain, pipeline, type Work } from './pipeline.ts'
import { piecesOf, readBlob, streamOf } from './read-blob.ts'
import { CHUNK, chunksOf, nonceOf, SALT } from './stream.ts'

async function encryptByLibrary(file: Blob, wrap: Wrap, work: Work): Promise<void> {
  const { sink, onProgress, signal, read = readBlob } = work
  const encrypter = new Encrypter()
  encrypter.addRecipient(recipientOf(wrap))
  let done = 0
  const counter = new TransformStream<Uint8Array, Uint8Array>({
    transform(bytes, controller) {
      done += bytes.length
      controller.enqueue(bytes)
    },
  })
  await drain(
    await encrypter.encrypt(streamOf(file, read).pipeThrough(counter)),
    async (bytes) => {
      await sink.write(bytes)
      onProgress?.(done)
    },
    signal,
  )
}

/**
 * Encrypts a file in the age format.
 * @param wrap wraps the file key; called once
 */
export async function encrypt(file: Blob, wrap: Wrap, work: Work): Promise<void> {
  const { sink, onProgress, signal, read = readBlob } = work
  if (work.libraryOnly || !(await hasNativeCipher())) return encryptByLibrary(file, wrap, work)
  const { bytes: header, fileKey } = await makeHeader(wrap)
  const salt = crypto.getRandomValues(new Uint8Array(SALT))
  const cipher = await nativeCipher(await payloadKey(fileKey, salt))
  if (!cipher) return encryptByLibrary(file, wrap, work)
  await sink.write(header)
  await sink.write(salt)
  const chunks = chunksOf(file.size)
  await pipeline(
    piecesOf(file, CHUNK, read),
    (piece, index) => cipher.seal(piece, nonceOf(index, index === chunks - 1)),
    async (sealed, index) => {
      await sink.write(sealed)
      onProgress?.(Math.min((index + 1) * CHUNK, file.size))
    },
    signal,
  )
  if (file.size === 0) await sink.write(new Uint8Array(await cipher.seal(new Uint8Array(), nonceOf(0, true))))
}
