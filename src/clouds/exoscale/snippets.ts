/** Code for Exoscale's API: curl with a signing function, the CLI, the Go SDK, the Python package. */
import type { NewKey } from '../cloud.ts'
import type { Call } from '../http.ts'
import type { Snippet } from '../snippet.ts'
import { NEW_KEY } from './sdk-operations.ts'
import { go } from './snippets-go.ts'
import { python } from './snippets-python.ts'
import { createCli, curl, exo } from './snippets-shell.ts'
import { terraform } from './snippets-terraform.ts'

/** @param commands arguments of the CLI for the same calls; see `exo` */
export const requestCode = (
  zone: string,
  calls: readonly Call[],
  commands: readonly (readonly string[])[],
): readonly Snippet[] => [curl(zone, calls), exo(...commands), go(zone, calls), python(zone, calls)]

/** @param rotation settings after the creation, which accepts none: off, or off and on again with another period */
export function createCode(key: NewKey, create: Call, rotation: NewKey['rotation'] | undefined): readonly Snippet[] {
  const zone = key.location
  const period = rotation?.automatic ? rotation.period?.value : undefined
  const follow = (rest: string, body?: unknown): Call => ({
    method: 'POST',
    path: `/v2/kms-key/${NEW_KEY}/${rest}`,
    ...(body === undefined ? {} : { body }),
  })
  const calls = [
    create,
    ...(rotation ? [follow('disable-key-rotation')] : []),
    ...(period === undefined ? [] : [follow('enable-key-rotation', { 'rotation-period': period })]),
  ]
  return [
    curl(zone, calls),
    createCli(zone, key, rotation),
    terraform(zone, key, rotation),
    go(zone, calls),
    python(zone, calls),
  ]
}
