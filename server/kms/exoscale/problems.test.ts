import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyCharacter } from '../testing/any-text.ts'
import { Problem, problemAnswer, type Violation } from './problems.ts'

function places(at: Violation['at']) {
  const { body } = problemAnswer(new Problem('bad-request', 'x', [{ at, detail: 'y' }]), 'reference', '/v2/x', 'kms')
  const errors: ReadonlyArray<{ pointer: string; location: string }> = 'errors' in body ? Object(body.errors) : []
  const [{ pointer = '', location = '' } = {}] = errors
  return { pointer, location }
}

test.each<[Violation['at'], pointer: string, location: string]>([
  [[], '', '$'],
  [['name'], '/name', '$.name'],
  [['source', 'encryption-context'], '/source/encryption-context', "$.source['encryption-context']"],
  [['permissions', 0], '/permissions/0', '$.permissions[0]'],
  [['labels', '0'], '/labels/0', "$.labels['0']"],
  [['labels', 'a/b~c~1'], '/labels/a~1b~0c~01', "$.labels['a/b~c~1']"],
  [['labels', `it's`], "/labels/it's", String.raw`$.labels['it\'s']`],
  [['labels', '"a"\\\n'], '/labels/"a"\\\n', String.raw`$.labels['"a"\\\n']`],
])('%j is at %s and %s', (at, pointer, location) => {
  expect(places(at)).toEqual({ pointer, location })
})

/** JSON Pointer (RFC 6901), as a client reads it. */
const readPointer = (pointer: string) =>
  pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))

/** Subset of JSONPath (RFC 9535) for a single place. */
const readLocation = (location: string) =>
  Array.from(
    location.slice(1).matchAll(/\.([a-z]+)|\['((?:[^'\\]|\\.)*)'\]|\[(\d+)\]/giy),
    ([, plain, quoted, index]) => {
      if (index !== undefined) return Number(index)
      return plain ?? JSON.parse(`"${quoted?.replaceAll(/\\'|"/g, (found) => (found === '"' ? '\\"' : "'"))}"`)
    },
  )

test('pointer and path lead to the member, for any name', () => {
  const name = fc.oneof(fc.string({ unit: anyCharacter }), fc.string({ unit: fc.constantFrom(...`'"\\/~01.[]$a`) }))
  fc.assert(
    fc.property(fc.array(fc.oneof(name, fc.nat({ max: 20 })), { maxLength: 4 }), (at) => {
      const { pointer, location } = places(at)
      expect(readPointer(pointer)).toEqual(at.map(String))
      expect(readLocation(location)).toEqual(at)
    }),
  )
})
