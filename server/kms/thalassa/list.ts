/** List of keys with its filters. */
import type { KmsKey } from '../../../src/clouds/thalassa/wire.ts'
import type { Keyring } from '../engine/keyring.ts'
import type { KeySpace, KeyWithVersions } from '../engine/store.ts'
import { toWire } from './keys.ts'

/** The one key of the space that a filter can match, at most; undefined without such a filter. */
async function onlyMatch(
  keyring: Keyring,
  space: KeySpace,
  query: URLSearchParams,
): Promise<readonly KeyWithVersions[] | undefined> {
  const [identity, slug] = [query.get('identity'), query.get('slug')]
  if (identity === null && slug === null) return undefined
  const { cloud, location, scope } = space
  const key =
    identity === null ? keyring.getByUniqueName(space, slug ?? '') : keyring.get({ cloud, location, id: identity })
  return key?.scope === scope ? [{ key, versions: await keyring.versions(key) }] : []
}

/** Pages of the keys that match all filters `identity`, `name` and `slug` of the query. */
export async function listPages(
  keyring: Keyring,
  space: KeySpace,
  query: URLSearchParams,
): Promise<AsyncGenerator<readonly KmsKey[], void>> {
  const filters = (['identity', 'name', 'slug'] as const).flatMap((member) =>
    query.getAll(member).map((value) => ({ member, value })),
  )
  const only = await onlyMatch(keyring, space, query)
  async function* pages() {
    for await (const page of only ? [only] : keyring.list(space, query.get('name') ?? undefined))
      yield page.map(toWire).filter((key) => filters.every(({ member, value }) => key[member] === value))
  }
  return pages()
}
