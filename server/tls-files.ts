/** Certificate and key of a server, from files that may be replaced while it runs. */
import { readFileSync } from 'node:fs'
import type { Server } from 'node:https'
import { createSecureContext } from 'node:tls'
import { StartError } from './start-error.ts'
import { watchFiles } from './watched-files.ts'

export interface TlsFiles {
  /** PEM, with the certificates of authorities between after that of the server. */
  readonly certFile: string
  /** PEM, without a password. */
  readonly keyFile: string
}

interface Pair {
  readonly cert: Buffer
  readonly key: Buffer
}

/** @throws Error for files that can't be read, or don't belong together */
function read({ certFile, keyFile }: TlsFiles): Pair {
  const pair = { cert: readFileSync(certFile), key: readFileSync(keyFile) }
  createSecureContext(pair)
  return pair
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error))

/** @throws StartError for files that can't be used */
export function readTls(files: TlsFiles): Pair {
  try {
    return read(files)
  } catch (error) {
    throw new StartError(
      `TLS_CERT_FILE and TLS_KEY_FILE must name a certificate and its key in PEM: ${messageOf(error)}`,
    )
  }
}

/**
 * Uses new files at the next handshake after they were replaced; keeps the old ones while the new can't be used.
 * @param report called with a sentence when new files are used, or can't be
 * @returns a function that ends it
 */
export function followTls(server: Pick<Server, 'setSecureContext'>, files: TlsFiles, report: (text: string) => void) {
  let used = readTls(files)
  let said = ''
  const replace = () => {
    try {
      const next = read(files)
      // Other files of the folder have changed.
      if (next.cert.equals(used.cert) && next.key.equals(used.key)) return
      server.setSecureContext(next)
      used = next
      said = ''
      report('The certificate was replaced: new connections use it.')
    } catch (error) {
      const message = messageOf(error)
      if (message !== said) report(`The new certificate can't be used, and the old one stays: ${message}`)
      said = message
    }
  }
  return watchFiles([files.certFile, files.keyFile], replace)
}
