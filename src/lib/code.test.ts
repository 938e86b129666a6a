import { describe, expect, test } from 'vitest'
import { goStruct } from './go.ts'
import { hclBlock, hclIdentifier } from './hcl.ts'
import { pythonCall } from './python.ts'
import { shellCommand, shellQuote } from './shell.ts'

describe('shell', () => {
  test('safe words stay bare', () => {
    expect(shellQuote('nl-01')).toBe('nl-01')
  })

  test('everything else is quoted so that nothing is expanded', () => {
    expect(shellQuote("it's $HOME `id`")).toBe("'it'\\''s $HOME `id`'")
    expect(shellQuote('')).toBe("''")
  })

  test('a long command continues over lines', () => {
    expect(shellCommand(['a', '--b', '--c'])).toBe('a \\\n  --b \\\n  --c')
  })
})

describe('hcl', () => {
  test('a block with aligned members', () => {
    expect(hclBlock(['resource', 'kind', 'name'], { a: 'x', long: true, map: { env: 'prod' } })).toBe(
      'resource "kind" "name" {\n  a    = "x"\n  long = true\n  map  = {\n    "env" = "prod"\n  }\n}',
    )
  })

  test('template markers stay text', () => {
    expect(hclBlock(['r'], { a: '${b} %{c}' })).toContain('"$${b} %%{c}"')
  })

  test.each([
    ['billing archive', 'billing_archive'],
    ['2fa', 'key_2fa'],
    ['…', 'key'],
  ])('identifier of %s', (name, identifier) => {
    expect(hclIdentifier(name)).toBe(identifier)
  })
})

describe('go', () => {
  test('members are aligned with their neighbours, one over several lines stands alone', () => {
    expect(
      goStruct('T', [
        ['A', '1'],
        ['Long', '2'],
        ['Inner', 'U{\n\tB: 3,\n}'],
        ['C', '4'],
      ]),
    ).toBe('T{\n\tA:    1,\n\tLong: 2,\n\tInner: U{\n\t\tB: 3,\n\t},\n\tC: 4,\n}')
    expect(goStruct('T', [])).toBe('T{}')
  })
})

describe('python', () => {
  test('a call on one line where it fits, else an argument a line', () => {
    expect(pythonCall('f', [['a', { 'b-c': true, d: 2 }]])).toBe('f(a={"b-c": True, "d": 2})')
    expect(pythonCall('f', [['a', 'x'.repeat(90)]])).toBe(`f(\n    a="${'x'.repeat(90)}",\n)`)
    expect(pythonCall('f', [['a', () => 'b["id"]']])).toBe('f(a=b["id"])')
    expect(pythonCall('f', [['a', 'it\'s "q"\n']])).toBe('f(a="it\'s \\"q\\"\\n")')
  })
})
