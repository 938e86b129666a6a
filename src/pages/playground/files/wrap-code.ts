/** Code of the request that wraps a file key, with variables for the values that differ per file. */

import { requestCode } from '../../../clouds/code-registry.ts'
import type { KmsKey } from '../../../clouds/model.ts'
import { cloudOf } from '../../../clouds/registry.ts'
import type { Snippet } from '../../../clouds/snippet.ts'
import type { SnippetGroup } from '../../shared/ShowCode.tsx'

/** Base64 placeholders that occur nowhere else and need no quotes in a shell. */
const samples = {
  FILE_KEY_BASE64: 'FILE/KEY/IN/BASE64/HERE/',
  FILE_CONTEXT_BASE64: 'FILE/CONTEXT/IN/BASE64/+',
} as const

type Variable = keyof typeof samples

const bytesOf = (variable: Variable) => Uint8Array.fromBase64(samples[variable])

const readOf: Record<Snippet['language'], (variable: Variable) => string> = {
  // Closes the single quotes around a body, and reopens them.
  shell: (variable) => `"'"$${variable}"'"`,
  go: (variable) => `os.Getenv("${variable}")`,
  python: (variable) => `os.environ["${variable}"]`,
  hcl: (variable) => `var.${variable.toLowerCase()}`,
}

const withVariable = ({ code, ...snippet }: Snippet, variable: Variable): Snippet => ({
  ...snippet,
  code: code
    .replaceAll(`"${samples[variable]}"`, () => readOf[snippet.language](variable))
    .replaceAll(samples[variable], () => `"$${variable}"`),
})

export function wrapCode(key: KmsKey): SnippetGroup {
  const { capabilities: traits } = cloudOf(key.cloud)
  const bound = traits.encryptionContext?.(key) !== undefined
  const snippets = requestCode(key, 'encrypt', {
    plaintext: bytesOf('FILE_KEY_BASE64'),
    ...(bound ? { context: bytesOf('FILE_CONTEXT_BASE64') } : {}),
  })
  return {
    label: 'Code to wrap the file’s key',
    snippets: snippets
      .map((snippet) => withVariable(snippet, 'FILE_KEY_BASE64'))
      .map((snippet) => withVariable(snippet, 'FILE_CONTEXT_BASE64')),
    note: `FILE_KEY_BASE64 is the 16-byte key of the file. This page makes it and never shows it.${
      bound ? ' FILE_CONTEXT_BASE64 is the context in the header, which binds it to the file.' : ''
    }`,
  }
}
