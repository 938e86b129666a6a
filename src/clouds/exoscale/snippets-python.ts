/** Exoscale with the vendor's Python package. */
import { pythonCall, pythonString } from '../../lib/python.ts'
import type { Call } from '../http.ts'
import type { Snippet } from '../snippet.ts'
import type { ApiOperationId } from './rules.ts'
import { NEW_KEY, type SdkOperation, sdkOperationOf } from './sdk-operations.ts'

/** What is printed of an answer, by its members. */
const printed: Partial<Record<ApiOperationId, readonly string[]>> = {
  'create-kms-key': ['id'],
  encrypt: ['ciphertext'],
  decrypt: ['plaintext'],
  're-encrypt': ['ciphertext'],
  'generate-data-key': ['plaintext', 'ciphertext'],
  'list-kms-keys': ['kms-keys'],
  'create-api-key': ['key', 'secret'],
}

/** Answered with work that goes on. */
const waitedFor: ReadonlySet<ApiOperationId> = new Set(['delete-api-key'])

const underscored = (word: string) => word.replaceAll('-', '_')

function statements({ operation, id, body }: SdkOperation): string[] {
  const call = pythonCall(`client.${underscored(operation)}`, [
    ...(id === undefined ? [] : [['id', id === NEW_KEY ? () => 'answer["id"]' : id] as const]),
    ...Object.entries(body).map(([member, value]) => [underscored(member), value] as const),
  ])
  const members = printed[operation]
  if (members) return [`answer = ${call}`, ...members.map((member) => `print(answer[${pythonString(member)}])`)]
  return waitedFor.has(operation) ? [`operation = ${call}`, 'client.wait(operation["id"])'] : [call]
}

/** The calls in order, on a client of the zone. The package takes bytes as base64. */
export const python = (zone: string, calls: readonly Call[]): Snippet => ({
  label: 'Python',
  language: 'python',
  code: [
    'import os',
    '',
    'from exoscale.api.v2 import Client',
    '',
    'credentials = os.environ["EXOSCALE_API_KEY"], os.environ["EXOSCALE_API_SECRET"]',
    'start = Client(*credentials, url=os.environ.get("EXOSCALE_API_ENDPOINT"))',
    'endpoints = {zone["name"]: zone["api-endpoint"] for zone in start.list_zones()["zones"]}',
    `client = Client(*credentials, url=endpoints[${pythonString(zone)}])`,
    '',
    ...calls.map(sdkOperationOf).flatMap(statements),
  ].join('\n'),
})
