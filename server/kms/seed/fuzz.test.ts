import fc from 'fast-check'
import { expect, test } from 'vitest'
import { runs } from '../../testing/runs.ts'
import { KmsStartError } from '../root-key.ts'
import { readSeed, seedOf } from './read.ts'
import type { SeedInput } from './schema.ts'

const SECRETS = ['tc_pat_SECRETOFTHISTEST', 'c2VjcmV0LW1hdGVyaWFsLW9mLXRoaXMtdGVzdC0zMmI']

const text = `thalassa:
  organisation: { slug: acme }
  tokens:
    - { name: tests, role: administrator, token: "${SECRETS[0]}" }
  keys:
    - name: app
      labels: { env: prod }
      versions:
        - createdAt: 2026-01-01
          keyMaterial: ${SECRETS[1]}
exoscale:
  api-keys: [{ name: tests, key: EXOtests, secret: '${SECRETS[0]}' }]
  kms-keys:
    - { name: invoices, replicas: [at-vie-1], rotation: { automatic: true } }
    - { name: releases, usage: sign-verify, key-spec: ECC_NIST_P256, versions: [{}] }
`

/** Checks that a seed is accepted, or refused with a message that names the place and contains no secret. */
function check(read: () => unknown): void {
  try {
    read()
  } catch (error) {
    if (!(error instanceof KmsStartError)) throw error
    const { message } = error
    expect(message).toMatch(/^The seed \S+ can't be used:\n- \S/)
    for (const secret of SECRETS) expect(message).not.toContain(secret.slice(3, 15))
  }
}

const noise = fc.constantFrom(
  '"',
  "'",
  ':',
  '{',
  '}',
  '[',
  ']',
  '\n',
  '\t',
  '- ',
  '&a ',
  '*a',
  '!!set ',
  '|',
  '>',
  '%',
  '?',
  '#',
  '\0',
  '\uFEFF',
  '\u{1F511}',
  '<<: ',
  '__proto__: ',
)

test('a seed with random changes of its text is accepted or refused', () => {
  const edits = fc.array(
    fc.record({ at: fc.nat(text.length), remove: fc.nat(12), insert: fc.oneof(noise, fc.string({ maxLength: 3 })) }),
    { minLength: 1, maxLength: 4 },
  )
  fc.assert(
    fc.property(edits, (all) => {
      const edited = all.reduce(
        (was, { at, remove, insert }) => was.slice(0, at) + insert + was.slice(at + remove),
        text,
      )
      check(() => readSeed(edited, 'seed.yaml'))
    }),
    // The example has a member whose name is the token.
    { numRuns: runs(1500), examples: [[[{ at: 92, remove: 7, insert: '&a ' }]]] },
  )
})

test('any JSON is accepted or refused', () => {
  const names = [
    'thalassa',
    'exoscale',
    'keys',
    'kms-keys',
    'name',
    'versions',
    'keyMaterial',
    'rotation',
    'labels',
    'tokens',
  ]
  const json = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 5 },
      fc.constantFrom('a', '', 1, null, true),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom(...names), tie('value'), { maxKeys: 4 }),
    ),
  })).value
  fc.assert(
    fc.property(json, (value) => check(() => readSeed(JSON.stringify(value), 'seed.json'))),
    { numRuns: runs(1500) },
  )
})

test('an object that is no seed is refused with a message', () => {
  const object: SeedInput = {
    thalassa: { keys: [{ name: 'a', keyType: 'aes256-gcm96', versions: [{ keyMaterial: 'x' }] }] },
  }
  check(() => seedOf(object))
})
