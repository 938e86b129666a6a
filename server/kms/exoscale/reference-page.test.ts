import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { type EndpointId, type ExoscaleEndpoint, endpoints } from '../../../src/clouds/exoscale/endpoints.ts'

const page = readFileSync('docs/local-kms-reference.md', 'utf8')

/** Cells of the rows that begin with an operation and its call. */
const rows = [...page.matchAll(/^\| (`[\w-]+`: `[A-Z]+ [^`]+`) \|(.*)\|$/gm)].map(([, operation = '', rest = '']) => [
  operation,
  ...rest.split('|').map((cell) => cell.trim()),
])

function namedAs(id: EndpointId): readonly string[] {
  const { method, path, since }: ExoscaleEndpoint = endpoints[id]
  const call = `${method} ${path.replace('/v2', '').replace(/(?<=\/):\w+/, '{id}')}`
  return [`\`${id}\`: \`${call}\``, since ? `from \`${since}\`` : 'all']
}

test('the reference has one row for each operation, with its call and its revisions', () => {
  const expected = (Object.keys(endpoints) as EndpointId[]).map(namedAs)
  expect(rows.map((cells) => cells.slice(0, 2)).toSorted()).toEqual(expected.toSorted())
})

test('every row says whether the operation works, what tests it and where the console has it', () => {
  for (const cells of rows) expect(cells).toEqual(Array.from({ length: 5 }, () => expect.stringMatching(/./)))
})
