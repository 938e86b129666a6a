/** Shell code for Thalassa: curl and the vendor's CLI. Credentials are environment variables with the CLI's names. */
import { shellCommand, shellQuote } from '../../lib/shell.ts'
import type { NewKey } from '../cloud.ts'
import type { Call } from '../http.ts'
import type { Snippet } from '../snippet.ts'

export const API = 'https://api.thalassa.cloud'

/** File with wrapped material, which is too long to show. */
export const MATERIAL_FILE = 'import.b64'

/** Body as a shell argument; the shell inserts material. */
function bodyWord(body: unknown): string {
  const word = shellQuote(JSON.stringify(body, null, 2).replaceAll('\n', '\n  '))
  // Only members of the body start a line after four spaces: line feeds within texts are escaped.
  return word.replace(/^( {4}"importKeyMaterial": ")[^"]*/m, (_, start) => `${start}'"$(cat ${MATERIAL_FILE})"'`)
}

/** curl command. Without a project it concerns the organisation's own keys. */
export function curl(call: Call, project: string | undefined): Snippet {
  const lines = [
    `curl -sS -X ${call.method} "\${THALASSA_API_ENDPOINT:-${API}}${call.path}"`,
    '-H "Authorization: Token $THALASSA_PERSONAL_ACCESS_TOKEN"',
    '-H "X-Organisation-Identity: $THALASSA_ORGANISATION_ID"',
    ...(project === undefined ? [] : [`-H ${shellQuote(`X-Project-Identity: ${project}`)}`]),
    ...(call.body === undefined ? [] : ['-H "Content-Type: application/json"', `-d ${bodyWord(call.body)}`]),
  ]
  return { label: 'curl', language: 'shell', code: shellCommand(lines) }
}

/** First release of the CLI with `kms` commands; each of them accepts `--project`. */
const CLI = 'tcloud 0.21.0 or newer'

/** CLI command. */
export const tcloud = ([command = '', ...flags]: readonly string[], project: string | undefined): Snippet => ({
  label: 'tcloud',
  language: 'shell',
  code: shellCommand([
    `tcloud kms ${command}`,
    ...(project === undefined ? [] : [`--project ${shellQuote(project)}`]),
    ...flags,
  ]),
  requires: CLI,
})

/** Flag value as a CSV field, because the CLI parses CSV. */
const csvField = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

/** Flags for a map, one per entry: `--labels env=prod`. */
const mapFlags = (flag: string, map: Readonly<Record<string, string>>) =>
  Object.entries(map).map(([name, value]) => `--${flag} ${shellQuote(csvField(`${name}=${value}`))}`)

export const createCli = (key: NewKey): Snippet =>
  tcloud(
    [
      'keys create',
      `--region ${shellQuote(key.location)}`,
      `--name ${shellQuote(key.name)}`,
      `--key-type ${shellQuote(key.type)}`,
      ...(key.description ? [`--description ${shellQuote(key.description)}`] : []),
      ...mapFlags('labels', key.labels),
      ...mapFlags('annotations', key.annotations),
      ...(key.exportAllowed ? ['--export-allowed'] : []),
      ...(key.material
        ? [
            `--import-key-material "$(cat ${MATERIAL_FILE})"`,
            `--hash-function ${key.material.hash}`,
            ...(key.material.allowRotation ? ['--allow-rotation'] : []),
          ]
        : []),
      ...(key.rotation.automatic
        ? ['--rotation-enabled', `--rotation-period-days ${key.rotation.period?.value ?? ''}`]
        : []),
    ],
    key.project,
  )
