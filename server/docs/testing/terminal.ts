/** Terminals of a reader: a shell in a copy of the checkout, and servers beside it. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Step } from './blocks.ts'

/** Ports in the pages. */
const documentedPorts = { console: '8300', kms: '8400' } as const

const freePort = async (): Promise<string> => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return String(typeof address === 'object' ? address?.port : address)
}

/** Files that a fresh clone lacks. Installed packages are linked, and an existing build is copied. */
const notCopied = new Set(['.git', '.data', '.env', 'node_modules', 'test-results', 'playwright-report'])

const copyCheckout = (target: string) => {
  mkdirSync(target)
  for (const name of readdirSync('.')) {
    if (!notCopied.has(name)) cpSync(name, join(target, name), { recursive: true, preserveTimestamps: true })
  }
  symlinkSync(join(process.cwd(), 'node_modules'), join(target, 'node_modules'))
}

/** Last command of a block if it starts a server in the foreground. */
const SERVER =
  /^(?:\w+=(?:\$\([^)]*\)|\S)+ +)*(?:npm (?:run (?:--silent )?)?(?:start|demo|kms)|node (?:server\/main\.ts|dist-server\/main\.js)(?: (?:console|demo|kms))?)(?: -- .*| --[a-z].*)?$/
const startsServer = (script: string) => {
  const last = script.trimEnd().split('\n').at(-1) ?? ''
  return SERVER.test(last) && !/[&|>]|--help| (?:backup|restore|export-seed|accept-clock|rewrap|verify)\b/.test(last)
}

/** Deadline of a command in milliseconds; a first start builds the console. */
const DEADLINE = 180_000

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
const pattern = (expected: string) => expected.split('…').map(escaped).join('[\\s\\S]*?')
/** Lines in which npm prints the script that it runs. */
const withoutBanner = (text: string) => text.replace(/^(?:\n?(?:> .*\n)+\n)+/, '')

export interface Terminal {
  /** Runs a block as pasted. Throws an Error with the output if it fails or the output differs. */
  run(step: Step): Promise<void>
  write(file: string, text: string): void
  close(): Promise<void>
}

const endGroup = async (child: ChildProcess) => {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  const closed = once(child, 'exit')
  process.kill(-child.pid, 'SIGTERM')
  const late = setTimeout(() => child.pid && process.kill(-child.pid, 'SIGKILL'), 5000)
  await closed
  clearTimeout(late)
}

export const openTerminal = async (): Promise<Terminal> => {
  const home = mkdtempSync(join(tmpdir(), 'docs-'))
  const checkout = join(home, 'kms-console')
  const scratch = join(home, 'scratch')
  mkdirSync(scratch)
  copyCheckout(checkout)

  const ports = { console: await freePort(), kms: await freePort() }
  const withPorts = (text: string) =>
    Object.entries(documentedPorts).reduce(
      (result, [name, port]) => result.replaceAll(port, name === 'kms' ? ports.kms : ports.console),
      text,
    )
  // KMS_PORT makes a console open a second port, so each command gets only its own variable.
  const prelude = `
set -euo pipefail
with_port() {
  local IFS=' '
  case " $* " in *' kms '*) KMS_PORT=\${KMS_PORT-${ports.kms}} command "$@" ;; *) PORT=\${PORT-${ports.console}} command "$@" ;; esac
}
npm() { with_port npm "$@"; }
node() { with_port node "$@"; }
`
  const environment = { PATH: process.env.PATH, HOME: process.env.HOME, TMPDIR: scratch }
  const files = {
    script: join(scratch, '.script'),
    state: join(scratch, '.state'),
    output: join(scratch, '.output'),
    folder: join(scratch, '.folder'),
  }

  const shell = spawn('bash', ['--norc'], {
    cwd: checkout,
    env: environment,
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  const closed = once(shell, 'close')
  const answers = shell.stdout.setEncoding('utf8')
  const printed = () => (existsSync(files.output) ? readFileSync(files.output, 'utf8') : '')

  /** Runs commands in the page's single shell, which keeps variables and the working directory. */
  const inShell = async (place: string, script: string): Promise<string> => {
    if (shell.exitCode !== null) throw new Error(`${place}: the shell has ended`)
    writeFileSync(files.script, script)
    shell.stdin.write(
      `. ${files.script} </dev/null >${files.output} 2>&1\nexport -p >${files.state}\npwd >${files.folder}\necho done\n`,
    )
    const answered = once(answers, 'data', { signal: AbortSignal.timeout(DEADLINE) }).catch(() => {
      throw new Error(`${place}: nothing within ${DEADLINE} ms\n${printed()}`)
    })
    await Promise.race([answered, closed])
    if (shell.exitCode !== null) throw new Error(`${place}: exit status ${shell.exitCode}\n${printed()}`)
    return printed()
  }
  await inShell('prelude', prelude)

  let server: ChildProcess | undefined
  /** Starts a server in its own terminal, and pastes the printed variables into the shell. */
  const startServer = async ({ place, script, output = '' }: Step) => {
    if (server !== undefined) await endGroup(server)
    const folder = readFileSync(files.folder, 'utf8').trim()
    const code = `. ${files.state}\n${prelude}\n${withPorts(script)}`
    const child = spawn('bash', ['--norc', '-c', code], {
      cwd: folder,
      env: environment,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    server = child
    let text = ''
    // A build on a slow machine may print messages first.
    const expected = new RegExp(`^${pattern(withPorts(output).trimEnd())}`, 'm')
    const isKms = / kms\b/.test(script)
    const isReady = () =>
      /^(?:console|kms): http.*$/m.test(text) &&
      (!isKms || /^export EXOSCALE_API_SECRET=.*\n/m.test(text)) &&
      expected.test(withoutBanner(text))
    const deadline = Date.now() + DEADLINE
    await new Promise<void>((resolve, reject) => {
      const fail = (reason: string) => reject(new Error(`${place}: ${reason}\nexpected:\n${output}\nprinted:\n${text}`))
      const timer = setTimeout(() => fail(`not the shown output within ${DEADLINE} ms`), deadline - Date.now())
      const read = (chunk: Buffer) => {
        text += chunk.toString('utf8')
        if (!isReady()) return
        clearTimeout(timer)
        resolve()
      }
      child.stdout.on('data', read)
      child.stderr.on('data', read)
      child.once('exit', (code) => fail(`the server ended with ${code}`))
    })
    const exports = text.match(/^export \w+=.*$/gm) ?? []
    await inShell(place, exports.join('\n'))
  }

  return {
    async run(step) {
      if (startsServer(step.script)) return startServer(step)
      const actual = withoutBanner(await inShell(step.place, withPorts(step.script)))
      if (step.output === undefined) return
      const expected = withPorts(step.output)
      if (!new RegExp(`^${pattern(expected.trimEnd())}\\s*$`).test(actual))
        throw new Error(`${step.place}: expected\n${expected}\nprinted\n${actual}`)
    },
    write(file, text) {
      writeFileSync(join(readFileSync(files.folder, 'utf8').trim(), file), withPorts(text))
    },
    async close() {
      if (server !== undefined) await endGroup(server)
      await endGroup(shell)
      rmSync(home, { recursive: true, force: true })
    },
  }
}
