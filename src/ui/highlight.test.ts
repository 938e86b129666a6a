import { expect, test } from 'vitest'
import { type CodeLanguage, highlight } from './highlight.ts'

const inks = (line: string, language: CodeLanguage) =>
  highlight(line, language)
    .filter((token) => token.ink !== 'plain')
    .map((token) => [token.ink, token.text])

test('nothing of a line is lost', () => {
  const lines = [
    'curl -sS -X POST \\',
    `  -d '{ "name": "a\\"b" }' # end`,
    'x := []byte(`raw`) // why',
    '  rotation = 90 # days',
    'ünïcode → ok',
    '"open',
  ]
  for (const language of ['shell', 'json', 'hcl', 'go', 'python', 'text'] as const) {
    for (const line of lines) {
      expect(
        highlight(line, language)
          .map((token) => token.text)
          .join(''),
      ).toBe(line)
    }
  }
})

test('shell: flags are keys, quoted words and addresses are values', () => {
  expect(inks('curl -sS -X POST https://api.example/v1 \\', 'shell')).toEqual([
    ['key', '-sS'],
    ['key', '-X'],
    ['string', 'https://api.example/v1'],
    ['dim', '\\'],
  ])
  expect(inks('  -H "Accept: json"', 'shell')).toEqual([
    ['key', '-H'],
    ['string', '"Accept: json"'],
  ])
})

test('a hyphen inside a word is no flag', () => {
  expect(inks('tcloud kms nl-01 my-key', 'shell')).toEqual([])
})

test('json tells keys from values', () => {
  expect(inks('"keyType": "aes256-gcm96",', 'json')).toEqual([
    ['key', '"keyType"'],
    ['dim', ':'],
    ['string', '"aes256-gcm96"'],
    ['dim', ','],
  ])
})

test('hcl: attribute names and block words are keys', () => {
  expect(inks('  name = "billing"', 'hcl')).toEqual([
    ['key', 'name'],
    ['dim', '='],
    ['string', '"billing"'],
  ])
  expect(inks('resource "kms_key" "a" {', 'hcl')[0]).toEqual(['key', 'resource'])
})

test('go: keywords and comments', () => {
  expect(inks('return nil // done', 'go')).toEqual([
    ['key', 'return'],
    ['string', 'nil'],
    ['dim', '// done'],
  ])
})
