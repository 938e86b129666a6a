import { expect, test } from 'vitest'
import { keyWith } from '../../shared/testing/key.ts'
import { wrapCode } from './wrap-code.ts'

const exoscale = { cloud: 'exoscale', location: 'ch-gva-2' } as const

const codeOf = (part: ReturnType<typeof wrapCode>) =>
  Object.fromEntries(part.snippets.map(({ label, code }) => [label, code]))

test('what each file has of its own is read from variables, in every language', () => {
  const part = wrapCode(keyWith(exoscale))
  const { curl, exo, Go, Python } = codeOf(part)
  expect(curl).toContain(`'{"plaintext":"'"$FILE_KEY_BASE64"'","encryption-context":"'"$FILE_CONTEXT_BASE64"'"}'`)
  expect(exo).toContain('"$FILE_KEY_BASE64"')
  expect(exo).toContain('--encryption-context "$FILE_CONTEXT_BASE64"')
  expect(Go).toContain('base64.StdEncoding.DecodeString(os.Getenv("FILE_KEY_BASE64"))')
  expect(Go).toContain('\t"os"\n')
  expect(Python).toContain('plaintext=os.environ["FILE_KEY_BASE64"]')
  expect(Python).toContain('encryption_context=os.environ["FILE_CONTEXT_BASE64"]')
  expect(part.note).toContain('FILE_CONTEXT_BASE64')
})

test('a cloud without contexts is given none', () => {
  const part = wrapCode(keyWith())
  const { curl, tcloud, Go } = codeOf(part)
  expect(curl).toContain(`"plaintext": "'"$FILE_KEY_BASE64"'"`)
  expect(tcloud).toContain('--plaintext "$FILE_KEY_BASE64"')
  expect(Go).toContain('Plaintext: os.Getenv("FILE_KEY_BASE64")')
  expect(Go).toContain('\t"os"\n')
  expect(JSON.stringify(part)).not.toContain('FILE_CONTEXT')
  expect(JSON.stringify(part)).not.toContain('FILE/KEY')
})
