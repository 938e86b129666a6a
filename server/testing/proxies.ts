/** Proxies in front of a console under the path `/kms/`, with the configurations of the docs: nginx and Caddy where they are installed. */
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { request as callUpstream, createServer } from 'node:http'
import { type AddressInfo, connect, createServer as createTcpServer, type Server } from 'node:net'
import { join } from 'node:path'
import { expect, onTestFinished } from 'vitest'
import { projectFolder } from '../env-file.ts'
import { exit, folder, watched } from './program.ts'

/** Starts passing requests on to `http://127.0.0.1:UPSTREAM`. */
export type StartBehind = (upstream: number) => Promise<void>

/** Proxy that listens already, because a console must know its address first. */
export interface Proxy {
  /** Address of the console, with its path. */
  readonly url: string
  readonly startBehind: StartBehind
}

/** Block of a page of the docs that has the text. */
function blockOf(file: string, text: string): string {
  const blocks = readFileSync(join(projectFolder, file), 'utf8').split('```')
  const block = blocks.find((one) => one.startsWith('text\n') && one.includes(text))
  if (block === undefined) throw new Error(`${file} has no block with ${text}`)
  return block.slice('text\n'.length)
}

async function listening(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  return (server.address() as AddressInfo).port
}

const addressAt = (port: number) => `http://127.0.0.1:${port}/kms/`

/** A proxy as small as one can be, which takes the path away and keeps everything else. */
async function startSmall(): Promise<Proxy> {
  let port = 0
  const server = createServer((incoming, outgoing) => {
    const { method, url: path = '', headers } = incoming
    if (!path.startsWith('/kms/')) return outgoing.writeHead(404).end()
    const passed = callUpstream({ port, method, headers, path: path.slice('/kms'.length) }, (reply) => {
      outgoing.writeHead(reply.statusCode ?? 502, reply.headers)
      reply.pipe(outgoing)
    })
    passed.on('error', () => outgoing.destroy())
    incoming.pipe(passed)
  })
  return {
    url: addressAt(await listening(server)),
    async startBehind(upstream) {
      port = upstream
    },
  }
}

/** A port of this process that leads to a socket, which a program can be given before it has a port. */
async function portTo(socket: string): Promise<number> {
  return listening(
    createTcpServer((client) => {
      const program = connect(socket)
      const end = () => {
        client.destroy()
        program.destroy()
      }
      client.on('error', end).on('close', end).pipe(program)
      program.on('error', end).on('close', end).pipe(client)
    }),
  )
}

const isUp = (socket: string): Promise<boolean> =>
  new Promise((resolve) => {
    const tried = connect(socket, () => {
      tried.destroy()
      resolve(true)
    })
    tried.once('error', () => resolve(false))
  })

/** @param configuration by the socket to listen on, the address and the port of the console */
async function startProgram(
  command: string,
  args: (folder: string) => readonly string[],
  configuration: (place: { folder: string; socket: string; host: string; upstream: number }) => string,
): Promise<Proxy> {
  const at = folder()
  const socket = join(at, 'proxy.sock')
  const port = await portTo(socket)
  return {
    url: addressAt(port),
    async startBehind(upstream) {
      const host = `127.0.0.1:${port}`
      writeFileSync(join(at, 'configuration'), configuration({ folder: at, socket, host, upstream }))
      const env = { PATH: process.env.PATH, HOME: at, XDG_DATA_HOME: at, XDG_CONFIG_HOME: at }
      const program = watched(spawn(command, args(at), { cwd: at, env, stdio: ['ignore', 'pipe', 'pipe'] }))
      onTestFinished(async () => {
        program.child.kill('SIGTERM')
        await exit(program.child)
      })
      await expect
        .poll(async () => (program.child.exitCode === null ? isUp(socket) : program.output.err), { timeout: 60_000 })
        .toBe(true)
    },
  }
}

const startNginx = () =>
  startProgram(
    'nginx',
    (at) => ['-p', at, '-c', join(at, 'configuration'), '-e', 'stderr'],
    ({ folder: at, socket, upstream }) => `
      ${process.getuid?.() === 0 ? 'user root;' : ''}
      daemon off;
      worker_processes 1;
      pid ${at}/pid;
      events {}
      http {
        access_log off;
        ${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${at}/${name};`).join('\n')}
        server {
          listen unix:${socket};
          ${blockOf('docs/connecting.md', 'location /kms/').replace('127.0.0.1:8300', `127.0.0.1:${upstream}`)}
        }
      }`,
  )

const startCaddy = () =>
  startProgram(
    'caddy',
    (at) => ['run', '--config', join(at, 'configuration'), '--adapter', 'caddyfile'],
    ({ socket, host, upstream }) => {
      const site = blockOf('docs/connecting.md', 'reverse_proxy')
        .replace('kms.example {', `http://${host} {\n  bind unix/${socket}`)
        .replace('127.0.0.1:8300', `127.0.0.1:${upstream}`)
      return `{\n  admin off\n  auto_https off\n}\n${site}`
    },
  )

const isInstalled = (command: string, flag: string) => spawnSync(command, [flag]).error === undefined

/** Proxies by name. */
export const proxies: readonly (readonly [name: string, start: () => Promise<Proxy>])[] = [
  ['a small proxy', startSmall],
  ...(isInstalled('nginx', '-v') ? [['nginx', startNginx] as const] : []),
  ...(isInstalled('caddy', 'version') ? [['Caddy', startCaddy] as const] : []),
]
