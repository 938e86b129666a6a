/**
 * Code for Exoscale's API: the CLI, the Go SDK, the Python package, and curl. The first is the one that is shown.
 */
import type { NewKey } from '../cloud.ts'
import type { CloudCode } from '../cloud-code.ts'
import type { Call } from '../http.ts'
import { type Snippet, terraformDestroy } from '../snippet.ts'
import { commands } from './commands.ts'
import { createCall, createRequest, isDefaultRotation } from './create.ts'
import { publicKeyCall } from './public-keys.ts'
import { defaultZone } from './rules.ts'
import { NEW_KEY } from './sdk-operations.ts'
import { go } from './snippets-go.ts'
import { python } from './snippets-python.ts'
import { createCli, curl, exo, kms } from './snippets-shell.ts'
import { keyResource, RESOURCE, terraform, terraformImport, withoutResource } from './snippets-terraform.ts'
import { withVersions } from './tool-versions.ts'

/** @param commands arguments of the CLI for the same calls; see `exo` */
export const requestCode = (
  zone: string,
  calls: readonly Call[],
  commands: readonly (readonly string[])[],
): readonly Snippet[] =>
  withVersions(calls, [exo(...commands), go(zone, calls), python(zone, calls)], curl(zone, calls))

/** @param rotation settings after the creation, which accepts none: off, or off and on again with another period */
function createCode(key: NewKey, rotation: NewKey['rotation'] | undefined): readonly Snippet[] {
  const zone = key.location
  const period = rotation?.automatic ? rotation.period?.value : undefined
  const follow = (rest: string, body?: unknown): Call => ({
    method: 'POST',
    path: `/v2/kms-key/${NEW_KEY}/${rest}`,
    ...(body === undefined ? {} : { body }),
  })
  const calls = [
    createCall(key),
    ...(rotation ? [follow('disable-key-rotation')] : []),
    ...(period === undefined ? [] : [follow('enable-key-rotation', { 'rotation-period': period })]),
  ]
  // Neither the CLI nor the SDKs are known to create a key in a key store.
  if (key.external) return [curl(zone, calls)]
  const tools = [
    createCli(zone, createRequest(key), rotation),
    terraform(zone, key, rotation),
    go(zone, calls),
    python(zone, calls),
  ]
  return withVersions(calls, tools, curl(zone, calls))
}

export const exoscaleCode: CloudCode = {
  request: ({ location: zone }, calls, commands) =>
    requestCode(
      zone,
      calls,
      commands.map((words) => kms(zone, words)),
    ),
  commands,
  create: (key) => createCode(key, isDefaultRotation(key) ? undefined : key.rotation),
  resource: (key) => (withoutResource(key) === undefined ? [keyResource(key), terraformImport(key)] : []),
  withoutResource,
  call: (call, zone = defaultZone) => curl(zone, [call]),
  publicKeys: ({ location: zone, id }) =>
    requestCode(zone, [publicKeyCall(id)], [kms(zone, [`key get-public-key ${id}`])]),
  // The resource has neither rotation nor a status.
  terraformChanges: {
    scheduleDeletion: (key) =>
      withoutResource(key) === undefined
        ? terraformDestroy(RESOURCE, key.name, 'The provider always waits 7 days.')
        : undefined,
  },
}
