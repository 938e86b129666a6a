import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { expect, onTestFinished, test } from 'vitest'
import { openDataFolder } from './data-folder.ts'
import { databaseIn } from './root-key.ts'
import { temporaryFolder } from './testing/thalassa-server.ts'

const program = new URL('./testing/first-use-process.ts', import.meta.url)

async function startProcess(dataDir: string): Promise<ChildProcess> {
  const child = fork(program, [dataDir])
  onTestFinished(() => void child.kill('SIGKILL'))
  expect(await once(child, 'message')).toEqual(['ready', undefined])
  return child
}

test('two processes that start at the same time on a folder without content have the same keys and credentials', async () => {
  const dataDir = temporaryFolder()
  onTestFinished(() => rmSync(dataDir, { recursive: true }))
  const { store } = await openDataFolder({ dataDir })
  await store.close()

  const children = await Promise.all([startProcess(dataDir), startProcess(dataDir)])
  const answers = children.map((child) => once(child, 'message'))
  for (const child of children) child.send('open')
  const [[first], [second]] = await Promise.all([answers[0] ?? [], answers[1] ?? []])
  expect(second).toEqual(first)

  const database = new DatabaseSync(databaseIn(dataDir), { readOnly: true })
  const all = (sql: string) => database.prepare(sql).all()
  const counts = {
    credentials: all('SELECT cloud FROM credentials').length,
    resources: all('SELECT kind FROM resources').length,
    keys: all("SELECT id FROM keys WHERE origin IS NULL AND handle = 'exoscale-default'").length,
  }
  const replicas = all("SELECT attributes ->> '$.replicas' AS list FROM keys WHERE origin IS NULL").map(({ list }) =>
    JSON.parse(String(list)).map(({ zone }: { readonly zone: string }) => zone),
  )
  database.close()
  // Five credentials of Thalassa's first start and the printed API key; the provider's two roles and the example.
  expect(counts).toEqual({ credentials: 6, resources: 3, keys: 1 })
  expect(replicas.map((zones) => new Set(zones).size)).toEqual(replicas.map((zones) => zones.length))
})
