/**
 * Time of a reset of the local KMS, beside a call of the test API that does not use the store.
 * `node bench/reset.ts [KEYS]`; default 50 keys.
 */
import { startUpstream } from '../e2e/upstream.ts'
import { median, type Round, report } from './report/figures.ts'

const ROUNDS = 7
/** Resets of a round, and calls of the floor. */
const CALLS = 10

async function run(keys: number): Promise<void> {
  const kms = await startUpstream()
  const call = async (method: string, path: string, body?: object, headers: Record<string, string> = {}) => {
    const reply = await fetch(kms.url + path, { method, headers, ...(body && { body: JSON.stringify(body) }) })
    const text = await reply.text()
    if (!reply.ok) throw new Error(`${method} ${path} answered ${reply.status}: ${text}`)
    return text
  }
  const timeOf = async (work: () => Promise<unknown>) => {
    const times: number[] = []
    for (let nth = 0; nth < CALLS; nth++) {
      const began = performance.now()
      await work()
      times.push(performance.now() - began)
    }
    return median(times)
  }
  const who = {
    authorization: `Token ${kms.credentials.THALASSA_PERSONAL_ACCESS_TOKEN}`,
    'x-organisation-identity': kms.credentials.THALASSA_ORGANISATION_ID ?? '',
  }
  for (let nth = 0; nth < keys; nth++) await call('POST', '/v1/kms/nl-01/keys', { name: `key ${nth}` }, who)
  const { id } = JSON.parse(await call('POST', '/_kms/snapshot'))
  const rounds: Round[] = []
  // The first round is not counted: code is compiled.
  for (let nth = 0; nth <= ROUNDS; nth++) {
    const floor = await timeOf(() => call('GET', '/_kms/snapshot'))
    const figure = await timeOf(() => call('POST', '/_kms/restore', { snapshot: id }))
    if (nth > 0) rounds.push({ figure, floor })
  }
  await kms.stop()
  await report([
    { name: `reset of the local KMS to ${keys} keys`, unit: 'ms', floor: 'a call that changes nothing', rounds },
  ])
}

await run(process.argv[2] === undefined ? 50 : Number(process.argv[2]))
