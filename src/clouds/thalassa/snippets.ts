/** Thalassa's calls as people make them: curl, the CLI, Terraform, the Go SDK. */
import type { NewKey } from '../cloud.ts'
import type { Call } from '../http.ts'
import { type KmsKey, projectOf } from '../model.ts'
import type { Snippet } from '../snippet.ts'
import { createGo, go } from './snippets-go.ts'
import { createCli, curl, tcloud } from './snippets-shell.ts'
import { terraform } from './snippets-terraform.ts'

/** @param words the CLI's words for the same call, each on a line of its own */
export const requestCode = (key: KmsKey, call: Call, words: readonly string[]): readonly Snippet[] => [
  curl(call, projectOf(key)),
  tcloud(words, projectOf(key)),
  go(key, call),
]

export const createCode = (key: NewKey, call: Call): readonly Snippet[] => [
  curl(call, key.project),
  createCli(key),
  terraform(key),
  createGo(key),
]
