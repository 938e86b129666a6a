/** `decrypt-file FILE`: decrypts a file like the console's Decrypt a file. */
import { type FileHandle, open } from 'node:fs/promises'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { type Config, readConfig } from '../config.ts'
import { type Environment, readEnvFile } from '../env-file.ts'
import { isLoopback } from '../host.ts'
import { KmsStartError } from '../kms/root-key.ts'
import { StartError } from '../start-error.ts'
import { exits, Failure } from './failure.ts'
import { checkHeader, type FileHeader, LONGEST_HEADER, readHeader } from './header.ts'
import { checkFree, type Output, openOutput } from './output.ts'
import { decryptPayload } from './payload.ts'
import { throughConfig, throughConsole, unwrapFileKey } from './unwrap.ts'

export interface Terminal {
  readonly environment: Environment
  /** Folder of relative names. */
  readonly folder: string
  /** Whether the output is a terminal, where lines can be overwritten. */
  readonly interactive: boolean
  readonly print: (text: string) => void
  /** Registers a cleanup step for an early stop. */
  readonly onStop: (undo: () => void) => void
}

const usage = 'Usage: npm run decrypt-file -- FILE.age [-o OUT] [--force] [--console URL]'

/** For stdout. */
export const decryptFileHelp = `${usage}
   or: node server/decrypt-file.ts FILE.age [-o OUT] [--force] [--console URL]

Decrypts a file that the console encrypted, with the credentials of the environment or .env, or through a running console.

  -o, --output OUT  where the result goes; without it, the name without .age
  --force           overwrites a file of that name
  --console URL     a running console, whose credentials are used: http://127.0.0.1:8300. CONSOLE_TOKEN in the environment is
                    sent to it: an API token, or the token of its start
  -h, --help        prints this help
`

const consoleAddress = (text: string): string => {
  const url = URL.parse(text)
  if (!url || !/^https?:$/.test(url.protocol))
    throw new Failure('usage', `--console takes an address such as http://127.0.0.1:8300.\n${usage}`)
  if (url.protocol === 'https:' || url.hostname === 'localhost' || isLoopback(url.hostname.replace(/^\[|\]$/g, '')))
    return url.origin + url.pathname.replace(/\/+$/, '')
  throw new Failure(
    'usage',
    `The file’s key would be readable on the network on its way from ${url.origin}. Use https, or forward a port of this machine.`,
  )
}

const readArguments = (args: readonly string[]) => {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: {
        output: { type: 'string', short: 'o' },
        force: { type: 'boolean', default: false },
        console: { type: 'string' },
      },
      allowPositionals: true,
    })
    const [file, ...more] = positionals
    if (file === undefined || more.length > 0) throw new Failure('usage', usage)
    const stem = /^(.*[^/\\])\.age$/i.exec(file)?.[1]
    const output = values.output ?? stem
    if (output === undefined) {
      throw new Failure('usage', `${file} doesn’t end in .age: name the result with -o.\n${usage}`)
    }
    return { file, output, force: values.force, console: values.console && consoleAddress(values.console) }
  } catch (error) {
    if (error instanceof Failure) throw error
    const [reason] = (error instanceof Error ? error.message : String(error)).split('. ')
    throw new Failure('usage', `${reason}\n${usage}`)
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'it is not there',
  EACCES: 'this user has no permission',
  EISDIR: 'it is a folder',
  ENOSPC: 'the disk is full',
  EDQUOT: 'this user’s share of the disk is full',
  EFBIG: 'it is too large for that disk',
  ENOTDIR: 'its folder is not there',
}

/** Failure for a file system error. */
const onFile =
  (path: string, what: string) =>
  (error: unknown): never => {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    throw error instanceof Failure ? error : new Failure('usage', `Can’t ${what} ${path}: ${reasons[code] ?? code}.`)
  }

const openInput = async (path: string) => {
  const input = await open(path, 'r').catch(onFile(path, 'read'))
  const stat = await input.stat()
  if (stat.isFile()) return { input, size: stat.size }
  await input.close()
  throw new Failure('usage', `Can’t read ${path}: it is not a file.`)
}

const headerOf = async (input: FileHandle, size: number): Promise<FileHeader> => {
  const start = Buffer.alloc(Math.min(size, LONGEST_HEADER))
  const { bytesRead } = await input.read(start, 0, start.length, 0)
  return readHeader(start.subarray(0, bytesRead))
}

const megabytes = (bytes: number) => (bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)

/** Writes progress, at most a few lines a second, each over the previous one. */
const progressLine = ({ interactive, print: say }: Terminal, size: number) => {
  const started = performance.now()
  let said = started
  return (done: number) => {
    const now = performance.now()
    if (!interactive || (now - said < 200 && done < size)) return
    said = now
    const speed = (done / (now - started)) * 1000
    const percent = Math.floor((done / size) * 100)
    say(
      `\r${percent} %  ${megabytes(done)} of ${megabytes(size)} MB  ${megabytes(speed)} MB/s   ${done < size ? '' : '\n'}`,
    )
  }
}

/** Configuration of this terminal. */
const readOwnConfig = ({ environment, print: say }: Terminal): Config => {
  const config = readConfig(environment, undefined, readEnvFile(environment))
  for (const warning of config.warnings) say(`${warning}\n`)
  if (config.readOnly) throw new Failure('key', 'READ_ONLY is set. Set READ_ONLY=false for this command to decrypt.')
  return config
}

const decrypt = async (args: readonly string[], terminal: Terminal): Promise<void> => {
  const { folder, print: say } = terminal
  const { force, ...names } = readArguments(args)
  const [file, path] = [resolve(folder, names.file), resolve(folder, names.output)]
  checkFree(path, force)
  const unwrap = names.console
    ? throughConsole(names.console, terminal.environment.CONSOLE_TOKEN)
    : throughConfig(readOwnConfig(terminal))
  const { input, size } = await openInput(file)
  let output: Output | undefined
  try {
    const header = await headerOf(input, size)
    const fileKey = await unwrapFileKey(header, unwrap)
    await checkHeader(header, fileKey)
    const refused = onFile(path, 'write')
    const opened = await openOutput(path, force, terminal.onStop).catch(refused)
    output = opened
    const write = (bytes: Buffer) => opened.write(bytes).catch(refused)
    const onProgress = progressLine(terminal, size)
    await decryptPayload({ input, size, start: header.bytes.length, fileKey, write, onProgress })
    fileKey.fill(0)
    await opened.publish().catch(refused)
    say(`Decrypted and verified: ${path}\n`)
  } catch (error) {
    await output?.close()
    output?.discard()
    throw error
  } finally {
    await input.close()
  }
}

/** Runs the command line and returns the exit status; all output goes to `terminal`. */
export const decryptFile = async (args: readonly string[], terminal: Terminal): Promise<number> => {
  try {
    await decrypt(args, terminal)
    return exits.done
  } catch (error) {
    if (error instanceof Failure) {
      terminal.print(`${error.message}\n`)
      return error.exit
    }
    if (error instanceof StartError || error instanceof KmsStartError) {
      terminal.print(`${error.message}\n`)
      return exits.key
    }
    const code = error instanceof Error && 'code' in error ? String(error.code) : undefined
    // Messages of unexpected errors may quote the input.
    terminal.print(
      `It failed: ${(code && reasons[code]) ?? code ?? (error instanceof Error ? error.name : 'unknown')}.\n`,
    )
    return exits.usage
  }
}
