/** What of the playground stands in the URL: the chosen key and the operation. Nothing that was typed ever does. */
import type { KeyAddress } from '../../clouds/model.ts'
import { cloudOf, isCloudId } from '../../clouds/queries.ts'
import { operationIds, type PlaygroundOperation } from '../shared/operations.ts'
import { projectIn } from '../use-project.ts'

export interface PlaygroundUrl {
  readonly operation: PlaygroundOperation
  readonly address?: KeyAddress
  /** The URL names something that is no key's address. */
  readonly invalid: boolean
}

const isOperation = (text: string | null): text is PlaygroundOperation => operationIds.some((id) => id === text)

/** The address in `cloud/location/key`; undefined for anything else. */
export function parseAddress(text: string, project?: string): KeyAddress | undefined {
  const [cloud, location, key, ...more] = text.split('/')
  if (!cloud || !isCloudId(cloud) || !location || !key || more.length > 0) return undefined
  return { cloud, location, key, ...(project !== undefined && cloudOf(cloud).projects ? { project } : {}) }
}

export const addressText = ({ cloud, location, key }: KeyAddress): string => [cloud, location, key].join('/')

export function readPlaygroundUrl(params: URLSearchParams): PlaygroundUrl {
  const op = params.get('op')
  const text = params.get('key')
  const address = text === null ? undefined : parseAddress(text, projectIn(params))
  return {
    operation: isOperation(op) ? op : 'encrypt',
    ...(address ? { address } : {}),
    invalid: text !== null && address === undefined,
  }
}

/** The default is left out. */
export function writeOperation(params: URLSearchParams, operation: PlaygroundOperation): void {
  if (operation === 'encrypt') params.delete('op')
  else params.set('op', operation)
}
