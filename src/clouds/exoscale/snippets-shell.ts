/** Shell code for Exoscale: curl with a signing function, and the vendor's CLI. */
import { shellCommand, shellQuote } from '../../lib/shell.ts'
import type { NewKey } from '../cloud.ts'
import type { Call } from '../http.ts'
import type { Snippet } from '../snippet.ts'
import { NEW_KEY } from './sdk-operations.ts'
import type { CreateKeyRequest } from './wire.ts'

/**
 * Reads the zone's endpoint without a signature, like the vendor's clients, so that one initial endpoint serves all
 * zones, live and local. A path is signed as sent, including that of the endpoint.
 */
const prelude = (zone: string, asksWithQuery: boolean) => [
  `EXOSCALE_ZONE=${zone}`,
  'endpoint=$(curl -sS "${EXOSCALE_API_ENDPOINT:-https://api-$EXOSCALE_ZONE.exoscale.com/v2}/zone" |',
  '  tr -d \'[:space:]\\\\\' | tr \'{\' \'\\n\' | grep "\\"name\\":\\"$EXOSCALE_ZONE\\"" |',
  '  sed -E \'s/.*"api-endpoint":"([^"]+)".*/\\1/\')',
  `exo_call() { # METHOD PATH [BODY${asksWithQuery ? ' QUERY_NAMES QUERY_VALUES' : ''}]`,
  '  local url=${endpoint:?no endpoint is known for $EXOSCALE_ZONE}$2 body=${3-}',
  '  local path=/${url#*://*/} expires=$(( $(date +%s) + 600 )) signature',
  asksWithQuery
    ? '  signature=$(printf \'%s %s\\n%s\\n%s\\n\\n%s\' "$1" "${path%%\\?*}" "$body" "${5-}" "$expires" |'
    : '  signature=$(printf \'%s %s\\n%s\\n\\n\\n%s\' "$1" "$path" "$body" "$expires" |',
  '    openssl dgst -sha256 -hmac "$EXOSCALE_API_SECRET" -binary | base64 | tr -d \'\\n\')',
  '  curl -sS -X "$1" "$url" \\',
  `    -H "Authorization: EXO2-HMAC-SHA256 credential=$EXOSCALE_API_KEY,${
    asksWithQuery ? '${4:+signed-query-args=$4,}' : ''
  }expires=$expires,signature=$signature" \\`,
  '    ${body:+-H "Content-Type: application/json" --data-binary "$body"}',
  '}',
]

const queryOf = (path: string) => path.split('?')[1] ?? ''

function callLine({ method, path, body }: Call): string {
  const below = path.replace(/^\/v2/, '')
  const word = below.includes(NEW_KEY) ? `"${below.replace(NEW_KEY, '$ID')}"` : shellQuote(below)
  const sent = body === undefined ? [] : [shellQuote(JSON.stringify(body))]
  const query = [...new URLSearchParams(queryOf(path))]
  if (query.length === 0) return ['exo_call', method, word, ...sent].join(' ')
  // The signature covers names and decoded values.
  const names = query.map(([name]) => name).join(';')
  const values = query.map(([, value]) => value).join('')
  return ['exo_call', method, word, sent[0] ?? "''", shellQuote(names), shellQuote(values)].join(' ')
}

const readId = (line: string) => `ID=$(${line} | sed -E 's/.*"id":"([^"]+)".*/\\1/')`

/** Commands for the calls in order; credentials are environment variables. */
export function curl(zone: string, calls: readonly Call[]): Snippet {
  const lines = calls.map((call, place) =>
    calls[place + 1]?.path.includes(NEW_KEY) && !call.path.includes(NEW_KEY) ? readId(callLine(call)) : callLine(call),
  )
  const asksWithQuery = calls.some(({ path }) => queryOf(path) !== '')
  return { label: 'curl', language: 'shell', code: [...prelude(zone, asksWithQuery), '', ...lines].join('\n') }
}

const exoLine = ([command = '', ...rest]: readonly string[]) => shellCommand([`exo ${command}`, ...rest])

const exoSnippet = (lines: readonly string[]): Snippet => ({ label: 'exo', language: 'shell', code: lines.join('\n') })

/** CLI commands from their arguments, one per line: `kms key rotate …`. */
export const exo = (...commands: readonly (readonly string[])[]): Snippet => exoSnippet(commands.map(exoLine))

/** Arguments of a command on keys in a zone. */
export const kms = (zone: string, [command = '', ...rest]: readonly string[]): readonly string[] => [
  `kms ${command}`,
  ...rest,
  `--zone ${zone}`,
]

/** @param rotation settings after the creation, if not the default */
export function createCli(zone: string, key: CreateKeyRequest, rotation: NewKey['rotation'] | undefined): Snippet {
  // A name that looks like a flag comes last, after two dashes.
  const [first, last] = key.name.startsWith('-')
    ? ['key create', [`-- ${shellQuote(key.name)}`]]
    : [`key create ${shellQuote(key.name)}`, []]
  const create = [
    first,
    ...(key.description ? [`--description ${shellQuote(key.description)}`] : []),
    ...(key['key-spec'] ? [`--usage ${key.usage}`, `--key-spec ${key['key-spec']}`] : []),
    ...(key['multi-zone'] ? ['--multizone'] : []),
  ]
  if (!rotation) return exo([...kms(zone, create), ...last])
  const period = rotation.automatic ? rotation.period?.value : undefined
  const follow = [
    ['key disable-rotation "$ID"'],
    ...(period === undefined ? [] : [['key enable-rotation "$ID"', `--rotation-period ${period}`]]),
  ]
  return exoSnippet([
    `ID=$(${exoLine([...kms(zone, create), '-O json', ...last])} | jq -r .id)`,
    ...follow.map((words) => exoLine(kms(zone, words))),
  ])
}
