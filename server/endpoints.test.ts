import { describe, expect, test } from 'vitest'
import type { Endpoint } from '../src/clouds/endpoint.ts'
import { endpoints as exoscale } from '../src/clouds/exoscale/endpoints.ts'
import { apiOperations } from '../src/clouds/exoscale/rules.ts'
import { endpoints as thalassa } from '../src/clouds/thalassa/endpoints.ts'
import { type AllowedRequest, exoscaleAllowList, thalassaAllowList } from './gateway/allow-list.ts'
import { endpoints as permissions } from './kms/thalassa/permissions.ts'

const SEGMENT = '[A-Za-z0-9_-]{1,255}'

const allowList = (endpoints: Readonly<Record<string, Endpoint>>, base: string): readonly AllowedRequest[] =>
  Object.values(endpoints).flatMap(({ method, path, effect, query, anonymous, forwarded }) =>
    forwarded === false || method === 'PUT'
      ? []
      : [
          {
            method,
            path: new RegExp(`^${path.slice(base.length).replaceAll(/\/:\w+/g, `/${SEGMENT}`)}$`),
            ...(query && { query }),
            ...(effect === 'change' && { changes: true }),
            ...(anonymous && { anonymous }),
          },
        ],
  )
const sorted = (list: readonly AllowedRequest[]) =>
  list.toSorted((a, b) => `${a.path} ${a.method}`.localeCompare(`${b.path} ${b.method}`))

describe('endpoint tables agree with', () => {
  test('the allow-lists of the gateway', () => {
    expect(sorted(allowList(thalassa, ''))).toEqual(sorted(thalassaAllowList))
    expect(sorted(allowList(exoscale, '/v2'))).toEqual(sorted(exoscaleAllowList))
  })

  test('the permissions and audit names of the local KMS', () => {
    const ofKeys = Object.values(thalassa).flatMap((row) =>
      'permissions' in row
        ? [
            {
              method: row.method,
              path: row.path.replace('/v1/kms/:location/', '').replace(':key', '*'),
              needs: row.permissions,
              ...('audit' in row && { audited: row.audit }),
            },
          ]
        : [],
    )
    const rows = permissions.map(({ action, ...row }) => row)
    expect(ofKeys).toHaveLength(rows.length)
    expect(ofKeys).toEqual(expect.arrayContaining(rows))
  })

  test('the operations of the local KMS', () => {
    const operations = Object.entries<Endpoint & { service?: string }>(exoscale).map(
      ([id, { method, path, service }]) => [
        id,
        { method, path: path.slice('/v2/'.length).replace(/(?<=\/):\w+/, '{id}'), ...(service && { service }) },
      ],
    )
    expect(Object.fromEntries(operations)).toEqual(apiOperations)
  })
})
