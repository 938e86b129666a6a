/** Credentials in files that the environment names, `NAME_FILE=path`: secrets of Docker, Kubernetes and systemd. */
import { closeSync, openSync, readSync } from 'node:fs'
import { whyUnreadable } from './env-file.ts'
import type { GatewayProvider, Live } from './gateway/provider.ts'
import { StartError } from './start-error.ts'

export interface CredentialFile {
  /** Variable whose value the file has. */
  readonly name: string
  /** Absolute. */
  readonly path: string
}

/** Bytes; no credential is as long. */
const LONGEST = 65_536

/** Variable with the path of the file that has the value of `name`. */
export const fileVariable = (name: string): string => `${name}_FILE`

function readAtMost(path: string, most: number): Buffer {
  const buffer = Buffer.alloc(most)
  const file = openSync(path, 'r')
  try {
    let length = 0
    for (;;) {
      const count = readSync(file, buffer, length, most - length, null)
      if (count === 0) return buffer.subarray(0, length)
      length += count
    }
  } finally {
    closeSync(file)
  }
}

/**
 * Text of the file without its last line end.
 * @throws StartError whose message has neither the content nor the path, in whose place the credential may stand by mistake
 */
function readCredential({ name, path }: CredentialFile): string {
  const cant = (reason: string) => new StartError(`${fileVariable(name)} names a file that can't be used: ${reason}`)
  let bytes: Buffer
  try {
    bytes = readAtMost(path, LONGEST + 1)
  } catch (error) {
    throw cant(whyUnreadable(error))
  }
  if (bytes.length > LONGEST) throw cant(`it is longer than ${LONGEST} bytes`)
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw cant('it is not UTF-8 text')
  }
  if (text.trim() === '') throw cant('it is empty')
  return text.replace(/\r?\n$/, '')
}

/**
 * Reads the files of those of the variables that have one, and puts their values into `set`.
 * @param set variables that are set
 * @param names variables whose value may be in a file
 * @param pathOf absolute path of the value of a variable
 * @param mistakes gets a sentence for each file that can't be used
 */
export function readCredentialFiles(
  set: Record<string, string>,
  names: readonly string[],
  pathOf: (name: string, path: string) => string,
  mistakes: string[],
): readonly CredentialFile[] {
  return names.flatMap((name) => {
    const variable = fileVariable(name)
    const given = set[variable]
    if (given === undefined) return []
    if (set[name] !== undefined) {
      mistakes.push(`${name} and ${variable} are both set; unset one of them`)
      return []
    }
    const file = { name, path: pathOf(variable, given) }
    try {
      set[name] = readCredential(file)
      return [file]
    } catch (error) {
      mistakes.push(error instanceof Error ? error.message : String(error))
      return []
    }
  })
}

/**
 * Function that reads a provider's files again: undefined while they have what was read last.
 * @param set variables with the values of the files
 */
export function rereader(
  provider: GatewayProvider,
  set: Readonly<Record<string, string>>,
  files: readonly CredentialFile[],
): () => Live | undefined {
  let used = set
  /** @throws StartError for files that can't be used */
  return () => {
    const next = { ...set, ...Object.fromEntries(files.map((file) => [file.name, readCredential(file)])) }
    if (files.every(({ name }) => next[name] === used[name])) return undefined
    const mistakes: string[] = []
    const live = provider.readConfig(next, { mistakes, warnings: [] })
    if (live === undefined || mistakes.length > 0) throw new StartError(mistakes.join('; '))
    used = next
    return live
  }
}
