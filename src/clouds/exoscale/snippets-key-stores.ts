/** Code for external key stores, which reads a proxy's secret from the environment. */
import { shellQuote } from '../../lib/shell.ts'
import type { Call } from '../http.ts'
import type { Snippet } from '../snippet.ts'
import { requestCode } from './code.ts'
import { kms } from './snippets-shell.ts'

/** Variable that code reads a proxy's secret from: it is never written into code. */
const SECRET = 'XKS_SECRET_KEY'

/** Stands in a request for the secret. */
export const secretPlaceholder = `$${SECRET}`

const written = `"${secretPlaceholder}"`

/** The placeholder's place in each language. In a shell it is within single quotes, which the variable interrupts. */
const reads: Readonly<Record<string, (code: string) => string>> = {
  curl: (code) => code.replaceAll(`"secret":${written}`, () => `"secret":"'${written}'"`),
  Go: (code) => code.replaceAll(written, () => `os.Getenv("${SECRET}")`),
  Python: (code) => code.replaceAll(written, () => `os.environ["${SECRET}"]`),
}

const withSecret = (snippet: Snippet): Snippet => ({
  ...snippet,
  code: reads[snippet.label]?.(snippet.code) ?? snippet.code,
})

/** Flags with the credentials of a proxy. */
export const credentialFlags = (accessKey: string | undefined): readonly string[] =>
  accessKey === undefined ? [] : [`--access-key ${shellQuote(accessKey)}`, `--secret-key "${secretPlaceholder}"`]

/** @param command arguments of the CLI for the same calls */
export const keyStoreCode = (zone: string, calls: readonly Call[], command: readonly string[]): readonly Snippet[] =>
  requestCode(zone, calls, [kms(zone, command)]).map(withSecret)
