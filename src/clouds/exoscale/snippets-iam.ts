/** Code to create, delete and try API keys of Exoscale. */
import { hclBlock, hclIdentifier } from '../../lib/hcl.ts'
import { shellQuote } from '../../lib/shell.ts'
import type { Call } from '../http.ts'
import type { ApiKey, NewApiKeyRequest } from '../iam.ts'
import { type Snippet, terraformDestroy } from '../snippet.ts'
import { requestCode } from './code.ts'
import { curl, exo, kms } from './snippets-shell.ts'
import { configuration } from './snippets-terraform.ts'

/** Argument of the CLI; one that looks like a flag follows two dashes. */
export const words = (...texts: readonly string[]) => [
  ...(texts.some((text) => text.startsWith('-')) ? ['--'] : []),
  ...texts.map(shellQuote),
]

const terraform = ({ name, roleId }: NewApiKeyRequest): Snippet =>
  configuration(
    hclBlock(['resource', 'exoscale_iam_api_key', hclIdentifier(name)], { name, role_id: roleId }),
    '# Terraform’s state holds the secret, not encrypted.',
  )

export const createKeyCode = (zone: string, create: Call, wanted: NewApiKeyRequest): readonly Snippet[] => [
  ...requestCode(zone, [create], [[['iam api-key create', ...words(wanted.name, wanted.roleName)].join(' ')]]),
  terraform(wanted),
]

/** Without it the CLI asks before it deletes, and fails in a script. */
export const UNASKED = '--force'

/** Deletes by id, because several API keys may have the same name. */
export const deleteKeyCode = (zone: string, call: Call, { key, name }: ApiKey): readonly Snippet[] => [
  ...requestCode(zone, [call], [[`iam api-key delete ${shellQuote(key)}`, UNASKED]]),
  terraformDestroy('exoscale_iam_api_key', name),
]

const listKeys: Call = { method: 'GET', path: '/v2/kms-key' }

/** @param file file with the key and its secret as shell assignments */
export function trialCode(zone: string, file: string): readonly Snippet[] {
  const read = `. ${shellQuote(`./${file}`)}`
  const withFile = (before: string, { code, ...snippet }: Snippet): Snippet => ({
    ...snippet,
    code: `${before}\n${code}`,
  })
  return [
    // The variables of the file must be exported for the CLI.
    withFile(`set -a; ${read}; set +a`, exo(kms(zone, ['key list']))),
    withFile(read, curl(zone, [listKeys])),
  ]
}
