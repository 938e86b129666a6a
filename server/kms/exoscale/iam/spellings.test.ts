import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { EventList } from '../../../../src/clouds/exoscale/wire-organisation.ts'
import { revisions } from '../testing/expectations.ts'
import { DAY, openTestServer, type Reply, type TestServer } from '../testing/server.ts'
import { keyWithPolicy, newRole } from './testing/access.ts'

/** Text of characters that JSON can write in several ways. */
const GUARDED = 'x"/é'

const space = fc.constantFrom('', '', ' ', '\n', '\t\r\n')

/** Text as JSON, with each character plain or escaped. */
const spelled = (text: string): fc.Arbitrary<string> =>
  fc
    .tuple(
      ...text.split('').map((unit) => {
        const digits = unit.charCodeAt(0).toString(16).padStart(4, '0')
        const plain = JSON.stringify(unit).slice(1, -1)
        return fc.constantFrom(plain, plain, unit === '/' ? '\\/' : plain, `\\u${digits}`, `\\u${digits.toUpperCase()}`)
      }),
    )
    .map((units) => `"${units.join('')}"`)

const oneOf = (texts: readonly string[]) => fc.constantFrom(...texts).chain(spelled)

type Member = readonly [name: string, value: fc.Arbitrary<string>]

const member = ([name, value]: Member) =>
  fc
    .tuple(space, spelled(name), space, space, value, space)
    .map(([before, key, after, gap, content, end]) => `${before}${key}${after}:${gap}${content}${end}`)

/** JSON of these members in any order, some repeated; the last of each name counts. */
const bodyOf = (needed: readonly Member[], more: readonly Member[]) =>
  fc
    .tuple(
      fc.constantFrom('', '', '\ufeff'),
      fc.tuple(
        fc.tuple(...needed.map(member)),
        fc.array(fc.oneof(...[...needed, ...more].map(member)), { maxLength: 3 }),
      ),
    )
    .chain(([mark, [once, again]]) =>
      fc
        .shuffledSubarray([...once, ...again], { minLength: once.length + again.length })
        .map((members) => `${mark}{${members.join(',')}}`),
    )

/** Values that look like a relevant member but are none. */
const decoys: readonly Member[] = [
  ['__proto__', spelled(GUARDED).map((name) => `{"name":${name},"delay-days":7}`)],
  ['Name', spelled(GUARDED)],
  ['id', spelled(GUARDED)],
  ['name', fc.constantFrom('null', '7', '{}', '[]')],
]

const names: readonly Member[] = [
  [
    'name',
    oneOf([GUARDED, GUARDED, 'x', GUARDED.toUpperCase(), GUARDED.normalize('NFD'), `${GUARDED} `, `\ufeff${GUARDED}`]),
  ],
]

const days: readonly Member[] = [
  [
    'delay-days',
    fc.constantFrom(
      ...['7', '7.0', '7e0', '0.7E+1', '70e-1', '7.00000000000000001', '"7"', '7.5', '-0', '07', '+7', 'null'],
      ...['9', '9.0', '900E-2', '8.99999999999999999', '30', '3e1', '1e999'],
    ),
  ],
]

describe.each(revisions)('revision %s', (revision) => {
  let server: TestServer
  beforeAll(async () => {
    server = await openTestServer({ revision })
  })
  afterAll(() => server.close())

  /**
   * Sends each body twice: with full rights, to see how the operation reads it, and under the rules.
   * @param used values that the operation used, by their names in the log
   */
  async function expectOneReading(asked: {
    readonly target: string
    readonly bodies: fc.Arbitrary<string>
    readonly service: string
    readonly deny: readonly string[]
    readonly used: (reply: Reply) => Readonly<Record<string, unknown>>
    readonly isGuarded: (used: Readonly<Record<string, unknown>>) => boolean
  }) {
    const { target, bodies, service, deny, used, isGuarded } = asked
    const denied = deny.map((expression) => ({ action: 'deny', expression }))
    const rules = [...denied, { action: 'allow', expression: 'true' }]
    const services = { [service]: { type: 'rules', rules } }
    const ruled = await keyWithPolicy(server, { 'default-service-strategy': 'deny', services })
    const seen = new Set<string>()
    await fc.assert(
      fc.asyncProperty(bodies, async (body) => {
        server.advance(1000)
        const free = await server.call('POST', target, body)
        const raw = { method: 'POST', target, body }
        const authorization = await server.authorize(raw, server.expiry(), ruled)
        const judged = await server.raw({ ...raw, headers: { authorization, 'content-type': 'application/json' } })
        if (free.status >= 400) {
          expect([400, 403]).toContain(judged.status)
          seen.add('invalid')
        } else if (isGuarded(used(free))) {
          expect(judged.status).toBe(403)
          seen.add('refused')
        } else {
          expect(judged.status).toBe(200)
          expect(used(judged)).toEqual(used(free))
          const since = new Date(server.clock.now()).toISOString()
          const [event] = EventList.parse(JSON.parse((await server.get(`/v2/event?from=${since}`)).text))
          expect(event?.['body-params']).toEqual(used(free))
          seen.add('allowed')
        }
      }),
      { numRuns: 60 },
    )
    expect(seen).toEqual(new Set(['invalid', 'refused', 'allowed']))
  }

  test('a policy, the operation and the log read the same name and the same id', async () => {
    const guarded = await newRole(server)
    const ids = [guarded, await newRole(server)].flatMap((id) => [id, id.toUpperCase()])
    await expectOneReading({
      target: '/v2/api-key',
      bodies: bodyOf([...names, ['role-id', oneOf([...ids, ...ids.slice(2)])]], decoys),
      service: 'iam',
      deny: [`parameters.name == '${GUARDED}'`, `parameters['role-id'] == '${guarded}'`],
      used: ({ body }) => ({ name: body.name, 'role-id': body['role-id'] }),
      isGuarded: (used) => used.name === GUARDED || used['role-id'] === guarded,
    })
  })

  test('a policy, the operation and the log read the same number', async () => {
    const key = await server.newKey()
    await expectOneReading({
      target: `${key}/schedule-deletion`,
      bodies: bodyOf(days, decoys),
      service: 'kms',
      deny: ["parameters['delay-days'] == 7"],
      used: ({ body }) => ({ 'delay-days': (Date.parse(String(body['delete-at'])) - server.clock.now()) / DAY }),
      isGuarded: (used) => used['delay-days'] === 7,
    })
  })
})
