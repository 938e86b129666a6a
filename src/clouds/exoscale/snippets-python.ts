/** Programs for Exoscale with the vendor's Python package. */
import { pythonCall, pythonString } from '../../lib/python.ts'
import type { Call } from '../http.ts'
import type { Snippet } from '../snippet.ts'
import { type ExoscaleEndpoint, endpoints } from './endpoints.ts'
import { NEW_KEY, type SdkOperation, sdkOperationOf } from './sdk-operations.ts'

const underscored = (word: string) => word.replaceAll('-', '_')

function statements({ operation, id, body }: SdkOperation): string[] {
  const call = pythonCall(`client.${underscored(operation)}`, [
    ...(id === undefined ? [] : [['id', id === NEW_KEY ? () => 'answer["id"]' : id] as const]),
    ...Object.entries(body).map(([member, value]) => [underscored(member), value] as const),
  ])
  const { prints, answers }: ExoscaleEndpoint = endpoints[operation]
  if (prints) return [`answer = ${call}`, ...prints.map((member) => `print(answer[${pythonString(member)}])`)]
  return answers === 'operation' ? [`operation = ${call}`, 'client.wait(operation["id"])'] : [call]
}

/** Program with the calls in order, on a client of the zone. The package expects bytes as base64. */
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
