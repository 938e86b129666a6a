/** Code to create and try API keys of Exoscale. */
import { hclBlock, hclIdentifier } from '../../lib/hcl.ts'
import { shellQuote } from '../../lib/shell.ts'
import type { Call } from '../http.ts'
import type { NewApiKeyRequest } from '../iam.ts'
import type { Snippet } from '../snippet.ts'
import { requestCode } from './code.ts'
import { curl, exo, kms } from './snippets-shell.ts'
import { configuration } from './snippets-terraform.ts'

/** Argument of the CLI; one that looks like a flag follows two dashes. */
const words = (...texts: readonly string[]) => [
  ...(texts.some((text) => text.startsWith('-')) ? ['--'] : []),
  ...texts.map(shellQuote),
]

const terraform = ({ name, roleId }: NewApiKeyRequest): Snippet =>
  configuration(
    hclBlock(['resource', 'exoscale_iam_api_key', hclIdentifier(name)], { name, role_id: roleId }),
    '# The secret is kept in Terraform’s state, in clear.',
  )

export const createKeyCode = (zone: string, create: Call, wanted: NewApiKeyRequest): readonly Snippet[] => [
  ...requestCode(zone, [create], [[['iam api-key create', ...words(wanted.name, wanted.roleName)].join(' ')]]),
  terraform(wanted),
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
    withFile(read, curl(zone, [listKeys])),
    // The variables of the file must be exported for the CLI.
    withFile(`set -a; ${read}; set +a`, exo(kms(zone, ['key list']))),
  ]
}
