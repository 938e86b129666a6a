/** Code for external key stores: the CLI and curl, since no SDK that can be tried here has them. */
import { shellQuote } from '../../lib/shell.ts'
import type { Call } from '../http.ts'
import type { Snippet } from '../snippet.ts'
import { curl, exo, kms } from './snippets-shell.ts'
import { withVersions } from './tool-versions.ts'

/** Variable that code reads a proxy's secret from: it is never written into code. */
const SECRET = 'XKS_SECRET_KEY'

/** Stands in a request for the secret. */
export const secretPlaceholder = `$${SECRET}`

/** Sections of one shell string in single quotes, which the variable interrupts. */
const withSecret = ({ code, ...snippet }: Snippet): Snippet => ({
  ...snippet,
  code: code.replaceAll(`"secret":"${secretPlaceholder}"`, `"secret":"'"${secretPlaceholder}"'"`),
})

/** Flags with the credentials of a proxy. */
export const credentialFlags = (accessKey: string | undefined): readonly string[] =>
  accessKey === undefined ? [] : [`--access-key ${shellQuote(accessKey)}`, `--secret-key "${secretPlaceholder}"`]

/** @param command arguments of the CLI for the same calls */
export const keyStoreCode = (zone: string, calls: readonly Call[], command: readonly string[]): readonly Snippet[] =>
  withVersions(calls, [exo(kms(zone, command))], withSecret(curl(zone, calls)))
