/** Code for Thalassa's API: curl, the CLI, Terraform, the Go SDK. */
import type { NewKey } from '../cloud.ts'
import type { Call } from '../http.ts'
import { type KmsKey, projectOf } from '../model.ts'
import type { Snippet } from '../snippet.ts'
import { createGo, go } from './snippets-go.ts'
import { createCli, curl, tcloud } from './snippets-shell.ts'
import { terraform } from './snippets-terraform.ts'

/** @param words arguments of the CLI for the same call, one per line */
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
