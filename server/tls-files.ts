/** Certificate and key of a server, from files that may be replaced while it runs. */
import { readFileSync, watch } from 'node:fs'
import type { Server } from 'node:https'
import { dirname } from 'node:path'
import { createSecureContext } from 'node:tls'
import { StartError } from './start-error.ts'

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

/** Milliseconds within which both files are replaced. */
const SETTLED = 200

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
  let timer: NodeJS.Timeout | undefined
  let used = readTls(files)
  const replace = () => {
    try {
      const next = read(files)
      // Other files of the folder have changed.
      if (next.cert.equals(used.cert) && next.key.equals(used.key)) return
      server.setSecureContext(next)
      used = next
      report('The certificate was replaced: new connections use it.')
    } catch (error) {
      report(`The new certificate can't be used, and the old one stays: ${messageOf(error)}`)
    }
  }
  const later = () => {
    clearTimeout(timer)
    timer = setTimeout(replace, SETTLED).unref()
  }
  // The folders: files are replaced by others of the same name, which a watch of a file does not see.
  const folders = new Set([dirname(files.certFile), dirname(files.keyFile)])
  const watchers = [...folders].map((folder) => watch(folder, { persistent: false }, later))
  return () => {
    clearTimeout(timer)
    for (const watcher of watchers) watcher.close()
  }
}
