import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { base64, startThalassa, type ThalassaServer } from '../testing/thalassa-server.ts'

const plaintext = base64('hello')

describe('paging and filters', () => {
  let other: ThalassaServer
  let id: string
  beforeAll(async () => {
    other = await startThalassa()
    id = await other.create({ name: 'Orders' })
    for (let nth = 0; nth < 4; nth += 1) await other.on(id, 'POST', '/encrypt', { plaintext })
    await other.on(id, 'POST', '/decrypt', { ciphertext: 'x' })
    await other.on('none', 'DELETE')
  })
  afterAll(() => other.close())
  // 12 entries: create 1, four calls with 2 each, the failed decryption 2, the deletion of an unknown key 1.
  const ask = async (query: string) => (await other.call('GET', `/v1/audit${query}`)).body
  const user = async () => String((await ask('?limit=1')).items?.[0]?.userIdentity)

  it.each([
    ['', [1, 50, 1, 12]],
    ['?limit=5', [1, 5, 3, 5]],
    ['?limit=5&page=3', [3, 5, 3, 2]],
    ['?limit=5&page=4', [4, 5, 3, 0]],
    ['?limit=100', [1, 100, 1, 12]],
    ['?limit=5000', [1, 100, 1, 12]],
    ['?page=&limit=', [1, 50, 1, 12]],
  ])('%s', async (query, [page, itemsPerPage, totalPages, shown]) => {
    const answer = await ask(query)
    expect(answer).toMatchObject({ page, itemsPerPage, totalPages, totalItems: 12, totalCount: 12 })
    expect(Object.keys(answer.items ?? {})).toHaveLength(Number(shown))
  })

  it('pages contain each entry once, newest first', async () => {
    const all = []
    for (const page of [1, 2, 3]) all.push(...Object.values((await ask(`?limit=5&page=${page}`)).items ?? {}))
    expect(new Set(all.map(({ eventID }) => eventID)).size).toBe(12)
    expect(all).toEqual(Object.values((await ask('')).items ?? {}))
    expect([all[0]?.action, all[11]?.context?.status]).toEqual(['DELETE', 201])
  })

  it.each(['page=0', 'page=-1', 'page=x', 'page=1.5', 'limit=0', 'limit=ten', 'limit=99999999999'])(
    '%s is refused',
    async (query) => {
      const name = query.split('=')[0]
      const message = `${name} must be a whole number from 1`
      expect(await other.call('GET', `/v1/audit?${query}`)).toMatchObject({ status: 400, body: { message } })
    },
  )

  it.each([
    ['action=kms.encrypt', 4],
    ['action=kms.encrypt,kms.decrypt', 5],
    ['action=kms.encrypt&action=kms.decrypt', 5],
    ['action=kms.*', 0],
    ['action=DELETE', 1],
    ['action=', 12],
    ['resourceType=kms_key', 12],
    ['resourceType=kms_key,vpc', 12],
    ['resourceType=vpc', 0],
    ['resourceIdentity=ID', 11],
    ['resourceIdentity=none', 0],
    ['userIdentity=USER', 12],
    ['userIdentity=usr-none', 0],
    ['serviceAccount=USER', 0],
    ['impersonatorIdentity=USER', 0],
    ['organizationIdentity=ORG', 12],
    ['organizationIdentity=o-none', 0],
    ['includeSystemServices=true', 12],
    ['responseStatus=404', 1],
    ['responseStatus=400', 2],
    ['responseStatus=400,404', 3],
    ['responseStatus=200&action=kms.encrypt', 4],
    ['responseStatus=x', 0],
    ['searchText=orders', 5],
    ['searchText=ENCRYPT%20WITH', 4],
    ['searchText=administrator', 12],
    ["searchText='%20OR%201=1--", 0],
    ['searchText=%25', 0],
    ['colour=blue', 12],
  ])('%s: %i', async (query, total) => {
    const filled = query
      .replace('ID', id)
      .replace('USER', await user())
      .replace('ORG', other.organisation)
    expect((await ask(`?${filled}`)).totalItems).toBe(total)
  })

  it('the log is kept over a restart', async () => {
    const before = await ask('')
    await other.close({ keepData: true })
    other = await startThalassa({ dataDir: other.dataDir })
    expect(await ask('')).toEqual(before)
  })
})
