/** The local KMS on its own port, and the printed lines with its address and credentials. */
import type { Logger } from 'pino'
import { localAlternatives, localVariables } from '../gateway/registry.ts'
import { pathOf } from '../http/exchange.ts'
import type { Answering } from '../http/over-node.ts'
import type { LocalKms } from '../kms/kms.ts'
import { listen } from '../listen.ts'
import type { Running } from './command.ts'

/**
 * Logs each request in a terminal. Elsewhere only with LOG_LEVEL=debug, because tests that start this server
 * rarely read stderr, and a full pipe would stop it.
 */
function logged(answer: Answering, log: Logger): Answering {
  const level = process.stderr.isTTY ? 'info' : 'debug'
  if (!log.isLevelEnabled(level)) return answer
  return async (request, connection) => {
    const start = performance.now()
    const given = await answer(request, connection)
    const duration = Math.round(performance.now() - start)
    const { method, target } = request
    log[level]({ method, path: pathOf(target), status: given?.status, duration }, 'request')
    return given
  }
}

/** Listens on `port` (0 for any free one) until the program ends, and returns the base URL. */
export const listenKms = async (kms: LocalKms, port: number, { config, log, onStop }: Running): Promise<string> => {
  const { url, close } = await listen({
    answer: logged(kms.answer, log),
    ready: kms.ready,
    warnings: kms.warnings,
    host: config.host,
    grace: config.stopGrace,
    port,
    variable: 'KMS_PORT',
  })
  onStop(close)
  return url
}

/**
 * Prints the address and the credentials on stdout for other programs.
 * @param url base URL on which it listens
 * @param publicUrl base URL for clients, if different
 */
export const printKms = (url: string, { credentials }: LocalKms, publicUrl = url): void => {
  const exports = (variables: Readonly<Record<string, string>>) =>
    Object.entries(variables).map(([name, value]) => `export ${name}=${value}`)
  const lines = [
    `kms: ${url}`,
    // Comments, so that a shell that evaluates the lines does not set two kinds of credential.
    ...exports(localAlternatives(credentials)).map((line) => `# instead of the token: ${line}`),
    ...exports(localVariables(publicUrl, credentials)),
  ]
  console.log(lines.join('\n'))
}
