/**
 * Time of a reset of the local KMS, relative to a call of the test API that does not use the store.
 * `node bench/reset.ts [KEYS]`; default 50 keys.
 */
import { startUpstream } from '../e2e/upstream.ts'

const ROUNDS = 50

const say = (text: string) => void process.stdout.write(`${text}\n`)
const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
const ms = (value: number) => `${value.toFixed(1)} ms`

async function run(keys: number): Promise<void> {
  const kms = await startUpstream()
  const call = async (method: string, path: string, body?: object, headers: Record<string, string> = {}) => {
    const reply = await fetch(kms.url + path, { method, headers, ...(body && { body: JSON.stringify(body) }) })
    const text = await reply.text()
    if (!reply.ok) throw new Error(`${method} ${path} answered ${reply.status}: ${text}`)
    return text
  }
  const timesOf = async (work: () => Promise<unknown>) => {
    const times: number[] = []
    for (let round = 0; round < ROUNDS; round++) {
      const began = performance.now()
      await work()
      times.push(performance.now() - began)
    }
    return times
  }
  const who = {
    authorization: `Token ${kms.credentials.THALASSA_PERSONAL_ACCESS_TOKEN}`,
    'x-organisation-identity': kms.credentials.THALASSA_ORGANISATION_ID ?? '',
  }
  for (let nth = 0; nth < keys; nth++) await call('POST', '/v1/kms/nl-01/keys', { name: `key ${nth}` }, who)
  const { id } = JSON.parse(await call('POST', '/_kms/snapshot'))
  const floor = await timesOf(() => call('GET', '/_kms/snapshot'))
  const restores = await timesOf(() => call('POST', '/_kms/restore', { snapshot: id }))
  say(`Reset of the local KMS to ${keys} keys, over HTTP, ${ROUNDS} times`)
  say(`  median ${ms(median(restores))}, slowest ${ms(Math.max(...restores))}`)
  say(`  a call that changes nothing: median ${ms(median(floor))}, slowest ${ms(Math.max(...floor))}`)
  await kms.stop()
}

await run(process.argv[2] === undefined ? 50 : Number(process.argv[2]))
