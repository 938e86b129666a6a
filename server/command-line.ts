/** Commands and flags of `server/main.ts`, for parsing, usage and `--help`. */
import { parseArgs } from 'node:util'
import { nearest } from './nearest.ts'
import { StartError } from './start-error.ts'

const flags = {
  port: { type: 'string', argument: 'PORT', help: 'port to listen on, 0 for any free one' },
  host: { type: 'string', argument: 'ADDRESS', help: 'address to listen on, without port or brackets' },
  keys: { type: 'string', argument: 'N', help: 'adds N keys to one region, 1 to 999999' },
  seed: { type: 'string', argument: 'FILE', help: 'credentials, roles and keys of an empty data folder' },
  'test-clock': { type: 'boolean', help: 'lets tests move the time forward at /clock' },
  test: { type: 'boolean', help: 'lets tests reset it and inject faults at /_kms' },
  'accept-clock': { type: 'boolean', help: 'trusts the clock although it was changed since the last start' },
  force: { type: 'boolean', help: 'replaces what exists; restore keeps it under another name' },
  'with-material': { type: 'boolean', help: 'includes key material and secrets: anyone with the file has every key' },
  'with-root-key': { type: 'boolean', help: 'includes the root key: anyone with the file has every key' },
  help: { type: 'boolean', short: 'h', help: 'prints this help' },
  version: { type: 'boolean', help: 'prints the version' },
} as const satisfies Record<string, Flag>

interface Flag {
  readonly type: 'string' | 'boolean'
  /** Placeholder of its value in the help. */
  readonly argument?: string
  readonly short?: string
  readonly help: string
}

export type FlagName = keyof typeof flags

export type Flags = { readonly [Name in FlagName]?: (typeof flags)[Name]['type'] extends 'string' ? string : boolean }

interface Command {
  /** One word, or two: `kms backup`. */
  readonly name: string
  readonly summary: string
  /** Operand after the name; in brackets when it is optional. */
  readonly operand?: 'FILE' | '[FILE]' | 'PLACE'
  /** Flags besides `--help` and `--version`. */
  readonly flags: readonly FlagName[]
}

const commands = [
  {
    name: 'console',
    summary: 'starts the console, its gateway, and the local KMS for clouds without credentials',
    flags: ['port', 'host', 'seed', 'accept-clock'],
  },
  {
    name: 'kms',
    summary: 'starts the local KMS alone',
    flags: ['port', 'host', 'seed', 'test', 'test-clock', 'accept-clock'],
  },
  {
    name: 'kms accept-clock',
    summary: 'resumes deletions and rotations after the clock was changed, also on a running KMS',
    flags: [],
  },
  {
    name: 'audit verify',
    summary: 'checks that the audit log of people is as the console wrote it, also while it runs',
    flags: [],
  },
  {
    name: 'audit export',
    summary: 'prints the audit log of people as JSON lines, the earliest first',
    flags: [],
  },
  {
    name: 'kms backup',
    summary: 'writes everything the local KMS keeps to one file, also while it runs',
    operand: 'FILE',
    flags: ['force', 'with-root-key'],
  },
  {
    name: 'kms export-seed',
    summary: 'writes the content of the local KMS as a seed, to stdout without a file',
    operand: '[FILE]',
    flags: ['force', 'with-material'],
  },
  {
    name: 'kms restore',
    summary: 'restores a backup to KMS_DATA_DIR',
    operand: 'FILE',
    flags: ['force'],
  },
  {
    name: 'kms verify',
    summary: 'checks that KMS_DATA_DIR is as the KMS wrote it, also while it runs',
    flags: [],
  },
  {
    name: 'kms migrate',
    summary: 'copies everything the local KMS keeps: to postgres from KMS_DATA_DIR, or to folder from DATABASE_URL',
    operand: 'PLACE',
    flags: [],
  },
  {
    name: 'kms rewrap',
    summary: 'encrypts everything the local KMS keeps under a new root key, while it is stopped',
    flags: [],
  },
  {
    name: 'demo',
    summary: 'starts the console on a temporary local KMS with sample keys',
    flags: ['port', 'host', 'keys'],
  },
] as const satisfies readonly Command[]

export type CommandName = (typeof commands)[number]['name']

export interface CommandLine {
  readonly command: CommandName
  readonly flags: Flags
  readonly operand: string | undefined
}

const shown = (name: FlagName) => {
  const flag: Flag = flags[name]
  return `${flag.short ? `-${flag.short}, ` : ''}--${name}${flag.argument ? ` ${flag.argument}` : ''}`
}

const commandOf = (name: CommandName): Command & { readonly name: CommandName } =>
  commands.find((known) => known.name === name) ?? commands[0]

const usageOf = (name: CommandName): string => {
  const { operand, flags } = commandOf(name)
  const words = [...(operand ? [operand] : []), ...flags.map((flag) => `[${shown(flag)}]`)].join(' ')
  const [script, ...subcommand] = name.split(' ')
  const npm = ['npm', ...(script === 'console' ? ['start'] : ['run', script]), '--', ...subcommand].join(' ')
  return `Usage: ${npm} ${words}\n   or: node server/main.ts ${name} ${words}`
}

const names = commands.map(({ name }) => name)

const table = (rows: readonly (readonly [left: string, right: string])[]): string => {
  const width = Math.max(...rows.map(([left]) => left.length))
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`).join('\n')
}

/** Text of `--help` for a command. */
export const helpOf = (name: CommandName): string => {
  const { summary, flags: taken } = commandOf(name)
  return [
    usageOf(name),
    `\n${summary}\n`,
    table([...taken, 'help' as const, 'version' as const].map((flag) => [shown(flag), flags[flag].help])),
    `\nCommands:\n${table(commands.map((one) => [one.name, one.summary]))}`,
    '\nSettings: docs/connecting.md lists every variable. Flags override variables, which override .env.',
  ].join('\n')
}

const guess = (word: string, known: readonly string[]): string => {
  const meant = nearest(word, known)
  return meant === undefined ? `There are: ${known.join(', ')}.` : `Did you mean ${meant}?`
}

const parse = (args: readonly string[]) => {
  try {
    return parseArgs({ args: [...args], options: flags, allowPositionals: true })
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    const unknown = /^Unknown option '(-[^']*)'/.exec(message)?.[1]
    if (unknown === undefined) throw new StartError(`${message.split('. ')[0]}.`)
    throw new StartError(
      `Unknown flag ${unknown}. ${guess(
        unknown,
        Object.keys(flags).map((name) => `--${name}`),
      )}`,
    )
  }
}

const takersOf = (flag: string): readonly CommandName[] =>
  commands.filter((command: Command) => command.flags.some((known) => known === flag)).map(({ name }) => name)

/**
 * @param args command line after the script's name; the default command is `console`
 * @throws StartError with the error and the usage
 */
export const readCommandLine = (args: readonly string[]): CommandLine => {
  const { values, positionals: words } = parse(args)
  const isHelp = words[0] === 'help'
  const positionals = isHelp ? words.slice(1) : words
  const [first = 'console', second] = positionals
  const found =
    commands.find(({ name }) => name === `${first} ${second}`) ?? commands.find(({ name }) => name === first)
  const rest = positionals.slice(found?.name.split(' ').length)
  if (found === undefined) throw new StartError(`Unknown command ${first}. ${guess(first, names)}`)
  const command: Command = found
  const line = { command: found.name, flags: isHelp ? { ...values, help: true } : values, operand: rest[0] }
  if (line.flags.help || values.version) return line
  const wrong = (reason: string) => new StartError(`${reason}\n${usageOf(found.name)}`)
  const unfit = Object.keys(values).find((name) => !command.flags.some((known) => known === name))
  if (unfit !== undefined) throw wrong(`--${unfit} is for ${takersOf(unfit).join(', ')} only`)
  if (command.operand === 'FILE' && rest.length === 0) throw wrong(`${found.name} needs a file`)
  if (command.operand === 'PLACE' && !['postgres', 'folder'].includes(rest[0] ?? ''))
    throw wrong(`${found.name} needs the place to copy to: postgres or folder`)
  if (rest.length > (command.operand ? 1 : 0)) throw wrong(`Unknown argument: ${rest.join(' ')}`)
  return line
}
