import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { goProgram, goStruct } from './go.ts'
import { hclBlock, hclIdentifier } from './hcl.ts'
import { pythonCall } from './python.ts'
import { shellCommand, shellQuote } from './shell.ts'
import { stringLiteral } from './string-literal.ts'

describe('shell', () => {
  test('safe words stay bare', () => {
    expect(shellQuote('nl-01')).toBe('nl-01')
  })

  test('everything else is quoted so that nothing is expanded', () => {
    expect(shellQuote("it's $HOME `id`")).toBe("'it'\\''s $HOME `id`'")
    expect(shellQuote('')).toBe("''")
  })

  test('what no argument can hold is left out', () => {
    expect(shellQuote('a\0b\ud800')).toBe("'ab\ufffd'")
  })

  test('a long command continues over lines', () => {
    expect(shellCommand(['a', '--b', '--c'])).toBe('a \\\n  --b \\\n  --c')
  })
})

describe('a string of Go, Python and HCL', () => {
  /** The grammar that the three share: no escapes that one of them lacks, no surrogates, nothing that is not printable. */
  const literal = /^"(?:[^"\\\p{Cc}\p{Cs}\u2028-\u202e\u2066-\u2069\ufeff]|\\["\\nrt]|\\u(?!d[89a-f])[0-9a-f]{4})*"$/u

  test.each([
    ['\ufeff', '"\\ufeff"'],
    ['a\ud800b', '"a\ufffdb"'],
    ['\b\f\0', '"\\u0008\\u000c\\u0000"'],
    ['\n\r\t', '"\\n\\r\\t"'],
    ['\u202e\u007f\u2028', '"\\u202e\\u007f\\u2028"'],
    ['“ü” 🔑 "\\', '"“ü” 🔑 \\"\\\\"'],
  ])('%j', (text, code) => expect(stringLiteral(text)).toBe(code))

  test('is valid for any text, and stands for it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.nat(0xffff), (text, unit) => {
        const whole = `${text}${String.fromCharCode(unit)}`
        const code = stringLiteral(whole)
        expect(code).toMatch(literal)
        expect(JSON.parse(code)).toBe(whole.toWellFormed())
      }),
    )
  })
})

describe('hcl', () => {
  test('a block with aligned members', () => {
    const map = { env: 'prod', team: 'a' }
    expect(hclBlock(['resource', 'kind', 'name'], { a: 'x', long: true, map, longer: 1 })).toBe(
      [
        'resource "kind" "name" {',
        '  a    = "x"',
        '  long = true',
        '  map = {',
        '    "env"  = "prod"',
        '    "team" = "a"',
        '  }',
        '  longer = 1',
        '}',
      ].join('\n'),
    )
    expect(hclBlock(['terraform'], { a: 1 })).toBe('terraform {\n  a = 1\n}')
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

  test('a program imports what it uses, and nothing for what stands in a text', () => {
    const code = goProgram(
      [{ path: 'example.com/kms' }, { path: 'example.com/sdk/v3', name: 'sdk' }, { path: 'example.com/other' }],
      ['ctx := context.Background()', '', 'must(sdk.Call(ctx, "os. fmt. kms.\\" other."))'],
    )
    expect(code).toBe(
      [
        'package main',
        '',
        'import (',
        '\t"context"',
        '\t"log"',
        '',
        '\tsdk "example.com/sdk/v3"',
        ')',
        '',
        'func must[T any](value T, err error) T {',
        '\tif err != nil {',
        '\t\tlog.Fatal(err)',
        '\t}',
        '\treturn value',
        '}',
        '',
        'func main() {',
        '\tctx := context.Background()',
        '',
        '\tmust(sdk.Call(ctx, "os. fmt. kms.\\" other."))',
        '}',
      ].join('\n'),
    )
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
