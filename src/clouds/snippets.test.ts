import { describe, expect, test } from 'vitest'
import { utf8 } from '../lib/encodings.ts'
import { codeOf, requestCode } from './code-registry.ts'
import type { KmsKey } from './model.ts'
import { inDays } from './period.ts'
import type { Snippet } from './snippet.ts'
import { keyWith } from './testing/key.ts'

/** Names that break code where they are not quoted. */
const nastyNames = [
  'billing',
  `it's "quoted" \`id\` $HOME \${var.x} \\ end`,
  'two\nlines',
  '2fa…',
  '; rm -rf /',
  '\ufeffa\0\b\u007f\u202e\ud800',
]

const keyOf = (members: Partial<KmsKey>): KmsKey => keyWith({ labels: { env: 'prod', "it's": '$(id)' }, ...members })

const exoscaleKey = (members: Partial<KmsKey> = {}) =>
  keyOf({
    cloud: 'exoscale',
    location: 'ch-gva-2',
    id: '0198-a',
    type: 'AES_256',
    can: ['encrypt'],
    ...members,
  })

const plaintext = utf8("it's “hello”\n")

function snippetsOf(key: KmsKey): (readonly [string, readonly Snippet[]])[] {
  const { resource, publicKeys } = codeOf(key.cloud)
  const context = utf8("it's “one”")
  return [
    ['encrypt', requestCode(key, 'encrypt', { plaintext })],
    ['encrypt with a version', requestCode(key, 'encrypt', { plaintext, keyVersion: 2 })],
    ['encrypt with a context', requestCode(key, 'encrypt', { plaintext, context: utf8('tenant') })],
    ['decrypt', requestCode(key, 'decrypt', { ciphertext: "x:v1:'; echo $HOME" })],
    ['re-encrypt', requestCode(key, 'reEncrypt', { ciphertext: 'AA==', destination: 'kms-2' })],
    [
      're-encrypt with contexts',
      requestCode(key, 'reEncrypt', { ciphertext: "'$(x)", context, destination: 'b"c', destinationContext: context }),
    ],
    ['data key', requestCode(key, 'dataKey', {})],
    ['data key of a length', requestCode(key, 'dataKey', { bytes: 64, context })],
    ['replicate', requestCode(key, 'replicate', { location: 'de-fra-1' })],
    ['sign', requestCode(key, 'sign', { input: plaintext, hash: 'sha2-512', prehashed: true, keyVersion: 1 })],
    ['verify', requestCode(key, 'verify', { input: plaintext, signature: 'x:v1:a"b' })],
    ['hmac', requestCode(key, 'hmac', { input: plaintext, hash: 'sha2-512' })],
    ['verify hmac', requestCode(key, 'verifyHmac', { input: plaintext, hmac: 'x:v1:AA==' })],
    ['export', requestCode(key, 'export', { keyVersion: 2 })],
    ['rotate', requestCode(key, 'rotate', {})],
    ['rotation on', requestCode(key, 'setRotation', { automatic: true, period: inDays(30) })],
    ['rotation off', requestCode(key, 'setRotation', { automatic: false })],
    ['disable', requestCode(key, 'disable', {})],
    ['enable', requestCode(key, 'enable', {})],
    ['delete', requestCode(key, 'scheduleDeletion', { days: 9 })],
    ['cancel', requestCode(key, 'cancelDeletion', {})],
    ['public keys', publicKeys?.(key) ?? []],
    ['resource', resource(key)],
  ]
}

/** The words a POSIX shell would see, its expansions left as they are written; throws when a quote stays open. */
function shellWords(code: string): string[] {
  const pattern = /\\\n|\s+|'([^']*)'|"((?:[^"\\]|\\[\s\S])*)"|\\([\s\S])|([^\s'"\\]+)/y
  const words: string[] = []
  let word: string | undefined
  for (let at = 0; at < code.length; at = pattern.lastIndex) {
    pattern.lastIndex = at
    const match = pattern.exec(code)
    if (!match) throw new Error(`a quote stays open at: ${code.slice(at)}`)
    const [whole, single, double, escaped, bare] = match
    if (single === undefined && double === undefined && escaped === undefined && bare === undefined) {
      if (whole !== '\\\n' && word !== undefined) {
        words.push(word)
        word = undefined
      }
    } else word = (word ?? '') + (single ?? double?.replace(/\\(["\\$`\n])/g, '$1') ?? escaped ?? bare ?? '')
  }
  return word === undefined ? words : [...words, word]
}

const stringOf = {
  hcl: /"(?:[^"\\\n]|\\.)*"/g,
  go: /"(?:[^"\\\n]|\\.)*"|`[^`]*`/g,
  python: /"(?:[^"\\\n]|\\.)*"/g,
}
const commentOf = { hcl: /#.*/g, go: /\/\/.*/g, python: /#.*/g }

/** Brackets and strings close, in order. */
function unclosed(code: string, language: 'hcl' | 'go' | 'python'): string {
  const closing: Record<string, string> = { '{': '}', '(': ')', '[': ']' }
  const rest = code.replace(stringOf[language], '').replace(commentOf[language], '')
  if (rest.includes('"')) return 'a string'
  const open: string[] = []
  for (const sign of rest)
    if (sign in closing) open.push(closing[sign] ?? '')
    else if (/[)}\]]/.test(sign) && open.pop() !== sign) return sign
  return open.join('')
}

const all = nastyNames.flatMap((name) => [
  keyOf({ name }),
  keyOf({ name, projectId: `it's "${name}"` }),
  exoscaleKey({ name }),
])

describe('every snippet of every operation', () => {
  test('is whole in its language', () => {
    const seen = new Set<string>()
    for (const key of all)
      for (const [what, snippets] of snippetsOf(key))
        for (const { label, language, code } of snippets) {
          seen.add(`${key.cloud} ${label}`)
          const where = `${key.cloud} ${what} ${label}`
          if (language === 'shell') expect(() => shellWords(code), where).not.toThrow()
          else expect(unclosed(code, language), `${where}: ${code}`).toBe('')
          expect(code.isWellFormed(), where).toBe(true)
          // A shell has no escapes within quotes: only what it can't hold is left out.
          expect(code, where).not.toMatch(language === 'shell' ? /\0/ : /(?![\t\n])[\p{Cc}\ufeff\u202e]/u)
          if (language === 'hcl') expect(code, where).toMatch(/^terraform \{\n {2}required_providers \{\n/)
        }
    expect([...seen].sort()).toEqual([
      'exoscale Go',
      'exoscale Import',
      'exoscale Python',
      'exoscale Terraform',
      'exoscale curl',
      'exoscale exo',
      'thalassa Go',
      'thalassa Import',
      'thalassa Terraform',
      'thalassa curl',
      'thalassa tcloud',
    ])
  })

  test('is there in curl, the CLI and Go for all that Thalassa does', () => {
    for (const [what, snippets] of snippetsOf(keyOf({})))
      expect(
        snippets.map(({ label }) => label),
        what,
      ).toEqual(
        what === 'resource'
          ? ['Terraform', 'Import']
          : /^(re-encrypt|data key|replicate)/.test(what)
            ? []
            : ['curl', 'tcloud', 'Go'],
      )
  })

  test('is there in the CLI, Go, Python and curl for all that Exoscale does', () => {
    for (const [what, snippets] of snippetsOf(exoscaleKey()))
      expect(
        snippets.map(({ label }) => label),
        what,
      ).toEqual(
        what === 'resource'
          ? ['Terraform', 'Import']
          : /^(hmac|verify hmac|export)/.test(what)
            ? []
            : /^(sign|verify|public keys)/.test(what)
              ? ['curl', 'exo', 'Go', 'Python']
              : ['exo', 'Go', 'Python', 'curl'],
      )
  })

  test('holds no credential, only the names of variables', () => {
    for (const [, snippets] of snippetsOf(exoscaleKey()))
      for (const { code, label } of snippets) {
        expect(code).not.toMatch(/EXO[0-9a-f]{24}/)
        if (label === 'curl') expect(code).toContain('-hmac "$EXOSCALE_API_SECRET"')
        if (label === 'Python') expect(code).toContain('os.environ["EXOSCALE_API_SECRET"]')
        if (label === 'Go') expect(code).toContain('credentials.NewEnvCredentials()')
      }
  })
})

describe('Thalassa', () => {
  const { create } = codeOf('thalassa')
  const textOf = (snippets: readonly Snippet[] | undefined, label: string) =>
    snippets?.find((snippet) => snippet.label === label)?.code ?? ''

  test('the body of curl is the JSON of the request, whatever is in it', () => {
    const ciphertext = `it's "a" $HOME \\ ${'\n'}text`
    const words = shellWords(textOf(requestCode(keyOf({}), 'decrypt', { ciphertext }), 'curl'))
    expect(JSON.parse(words[words.indexOf('-d') + 1] ?? '')).toEqual({ ciphertext })
    expect(words).toContain('${THALASSA_API_ENDPOINT:-https://api.thalassa.cloud}/v1/kms/nl-01/keys/kms-1/decrypt')
  })

  test('an entry of a map is one for the CLI too, whatever is in it', () => {
    const wanted = {
      ...keyOf({ name: '-f', labels: { teams: 'a,b' }, annotations: { said: '"hi", $HOME' } }),
      description: '',
      exportAllowed: false,
      multiZone: false,
    }
    const words = shellWords(textOf(create(wanted), 'tcloud'))
    expect(words.slice(words.indexOf('--labels'), words.indexOf('--rotation-enabled'))).toEqual([
      '--labels',
      '"teams=a,b"',
      '--annotations',
      '"said=""hi"", $HOME"',
    ])
  })
})
