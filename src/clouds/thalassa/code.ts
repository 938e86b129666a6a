/** Code for Thalassa's API: curl, the CLI, Terraform, the Go SDK. */
import type { CloudCode } from '../cloud-code.ts'
import type { Call } from '../http.ts'
import { type KmsKey, projectOf } from '../model.ts'
import { type Snippet, terraformDestroy } from '../snippet.ts'
import { publicKeysCall } from './cloud.ts'
import { commands } from './commands.ts'
import { createCall } from './create.ts'
import { createGo, go } from './snippets-go.ts'
import { createCli, curl, tcloud } from './snippets-shell.ts'
import { keyResource, RESOURCE, terraform, terraformImport } from './snippets-terraform.ts'

/** @param words arguments of the CLI for the same call, one per line */
const requestCode = (key: KmsKey, call: Call, words: readonly string[]): readonly Snippet[] => [
  curl(call, projectOf(key)),
  tcloud(words, projectOf(key)),
  go(key, call),
]

export const thalassaCode: CloudCode = {
  commands,
  request: (key, calls, commands) => calls.flatMap((call, nth) => requestCode(key, call, commands[nth] ?? [])),
  create: (key) => [curl(createCall(key), key.project), createCli(key), terraform(key), createGo(key)],
  resource: (key) => [keyResource(key), terraformImport(key)],
  call: (call) => curl(call, call.project),
  publicKeys: (key) =>
    requestCode(key, publicKeysCall(key), ['public-key', `--region ${key.location}`, `--key ${key.id}`]),
  terraformChanges: {
    // The provider treats false as absent, so it can't disable rotation.
    setRotation: (key, rotation) => (rotation.automatic ? keyResource({ ...key, rotation }) : undefined),
    disable: (key) => keyResource({ ...key, status: 'disabled' }),
    scheduleDeletion: (key) => terraformDestroy(RESOURCE, key.name),
  },
}
