/** Exoscale calls as people run them: curl with a signing function, the CLI, Terraform, the Go SDK. */

import { type HclValue, hclBlock, hclIdentifier } from '../../lib/hcl.ts'
import { shellCommand, shellQuote } from '../../lib/shell.ts'
import type { NewKey, Snippet } from '../cloud.ts'
import type { Call } from '../http.ts'

/** Signs with OpenSSL as the API asks (EXO2-HMAC-SHA256). The path is signed as it goes on the wire, so an endpoint's own path counts. */
const signingFunction = [
  'exo_call() { # METHOD PATH [BODY]',
  '  local url=${EXOSCALE_API_ENDPOINT:-https://api-$EXOSCALE_ZONE.exoscale.com/v2}$2 body=${3-}',
  '  local path=/${url#*://*/} expires=$(( $(date +%s) + 600 )) signature',
  '  signature=$(printf \'%s %s\\n%s\\n\\n\\n%s\' "$1" "$path" "$body" "$expires" |',
  '    openssl dgst -sha256 -hmac "$EXOSCALE_API_SECRET" -binary | base64 | tr -d \'\\n\')',
  '  curl -sS -X "$1" "$url" \\',
  '    -H "Authorization: EXO2-HMAC-SHA256 credential=$EXOSCALE_API_KEY,expires=$expires,signature=$signature" \\',
  '    ${body:+-H "Content-Type: application/json" --data-binary "$body"}',
  '}',
]

/** The zone is set for each call; the secret is an environment variable. */
export function curl(zone: string, calls: readonly Call[]): Snippet {
  const lines = calls.map(({ method, path, body }) =>
    [
      'exo_call',
      method,
      shellQuote(path.replace(/^\/v2/, '')),
      ...(body === undefined ? [] : [shellQuote(JSON.stringify(body))]),
    ].join(' '),
  )
  return {
    label: 'curl',
    language: 'shell',
    code: [...signingFunction, '', `EXOSCALE_ZONE=${zone}`, ...lines].join('\n'),
  }
}

export const exo = (zone: string, ...commands: readonly (readonly string[])[]): Snippet => ({
  label: 'exo',
  language: 'shell',
  code: commands
    .map(([command = '', ...rest]) => shellCommand([`exo kms ${command}`, ...rest, `--zone ${zone}`]))
    .join('\n'),
})

export const createCli = (zone: string, key: NewKey): Snippet =>
  exo(zone, [
    `key create ${shellQuote(key.name)}`,
    ...(key.description ? [`--description ${shellQuote(key.description)}`] : []),
    ...(key.multiZone ? ['--multizone'] : []),
  ])

export function terraform(zone: string, key: NewKey): Snippet {
  const members: Record<string, HclValue> = {
    name: key.name,
    zone,
    ...(key.description ? { description: key.description } : {}),
    ...(key.multiZone ? { multi_zone: true } : {}),
  }
  return {
    label: 'Terraform',
    language: 'hcl',
    code: hclBlock(['resource', 'exoscale_kms_key', hclIdentifier(key.name)], members),
  }
}

export function createGo(key: NewKey): Snippet {
  const members = [
    ['Name', JSON.stringify(key.name)],
    ...(key.description ? [['Description', JSON.stringify(key.description)]] : []),
    ...(key.multiZone ? [['MultiZone', 'v3.Ptr(true)']] : []),
    ['Usage', 'v3.CreateKmsKeyRequestUsageEncryptDecrypt'],
  ]
  const code = [
    'key, err := client.CreateKmsKey(ctx, v3.CreateKmsKeyRequest{',
    ...members.map(([name, value]) => `\t${name}: ${value},`),
    '})',
  ].join('\n')
  return { label: 'Go', language: 'go', code }
}
