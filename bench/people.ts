/**
 * Cost of sign-in, roles and the audit log of people on a forwarded call with 1 KiB, on 16 connections: two consoles in front of
 * one local KMS, with and without. `node bench/people.ts [SECONDS]` of each load; needs a build.
 */
import { hash, randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { load } from './calls/http1.ts'
import { type Api, callsOf, exported, type Headers, portOf, thalassaApi, thalassaHeaders } from './calls/targets.ts'
import { cookieFor } from './cookie.ts'
import { type Figure, report } from './report/figures.ts'
import { consoleAddress, kmsAddress, type Server, startServer, stopServer } from './server.ts'

const ROUNDS = 7
const CONNECTIONS = 16
const OPERATIONS = ['encrypt', 'hmac'] as const

async function measure(folder: string, span: number): Promise<Figure[]> {
  const servers: Server[] = []
  const started = async (mode: 'kms' | 'console', name: string, environment: Headers = {}) => {
    const server = await startServer(mode, join(folder, name), environment)
    servers.push(server)
    return server
  }
  try {
    const kms = await started('kms', 'kms')
    const cloud = {
      THALASSA_PERSONAL_ACCESS_TOKEN: exported(kms, 'THALASSA_CRYPTO_TOKEN'),
      THALASSA_ORGANISATION_ID: exported(kms, 'THALASSA_ORGANISATION_ID'),
      THALASSA_API_ENDPOINT: kmsAddress(kms.output),
    }
    const token = randomBytes(24).toString('hex')
    const secret = randomBytes(32).toString('hex')
    const plain = await started('console', 'plain', cloud)
    const signed = await started('console', 'signed', {
      ...cloud,
      API_TOKENS: `bench:${hash('sha256', token)}`,
      ROLES: 'token:bench: user; users: user; *: viewer',
      SESSION_SECRET: secret,
      RATE_LIMIT: '0',
    })
    const owner = { ...thalassaHeaders(kms), authorization: `Token ${exported(kms, 'THALASSA_API_TOKEN')}` }
    const direct = await thalassaApi(kmsAddress(kms.output), owner, thalassaHeaders(kms))
    const through = ({ output }: Server, headers: Headers): Api => ({
      port: portOf(consoleAddress(output)),
      prepare: (operation, body) => ({ path: `/api/thalassa${direct.prepare(operation, body).path}`, headers }),
    })
    const subjects = {
      without: await callsOf(through(plain, {}), OPERATIONS),
      session: await callsOf(
        through(signed, { cookie: cookieFor(consoleAddress(signed.output), secret, 'users') }),
        OPERATIONS,
      ),
      'API token': await callsOf(through(signed, { authorization: `Bearer ${token}` }), OPERATIONS),
    }
    const rate = async (name: keyof typeof subjects, operation: (typeof OPERATIONS)[number]) => {
      const target = subjects[name][operation]
      return target ? (await load(target, CONNECTIONS, span)).rate : Number.NaN
    }
    const rounds = new Map<string, { figure: number; floor: number }[]>()
    // The first round is for compilers and caches.
    for (let nth = 0; nth <= ROUNDS; nth += 1)
      for (const operation of OPERATIONS) {
        process.stderr.write(`people: ${operation}, round ${nth} of ${ROUNDS}\n`)
        for (const name of ['session', 'API token'] as const) {
          const before = await rate('without', operation)
          const figure = await rate(name, operation)
          const floor = (before + (await rate('without', operation))) / 2
          const known = rounds.get(`${operation}, ${name}`) ?? []
          if (nth > 0) rounds.set(`${operation}, ${name}`, [...known, { figure, floor }])
        }
      }
    return [...rounds].map(([name, all]) => ({
      name: `forwarded ${name}`,
      unit: '/s',
      floor: 'without sign-in and audit log',
      goal: { atLeast: 0.85 },
      rounds: all,
    }))
  } finally {
    for (const server of servers.toReversed()) await stopServer(server)
  }
}

const seconds = process.argv[2] === undefined ? 1 : Number(process.argv[2])
const folder = mkdtempSync(join(tmpdir(), 'kms-bench-'))
try {
  await report(await measure(folder, seconds * 1000))
} finally {
  rmSync(folder, { recursive: true })
}
