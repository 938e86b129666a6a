import { describe, expect, test } from 'vitest'
import { hclBlock, hclIdentifier } from './hcl.ts'
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
