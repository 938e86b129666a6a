/** Settings file: `.env` beside package.json, or the one in `KMS_ENV_FILE`. */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseEnv } from 'node:util'
import { StartError } from './start-error.ts'

/** Variables by name. */
export type Environment = Readonly<Record<string, string | undefined>>

export interface EnvFile {
  /** Absolute. */
  readonly path: string
  readonly variables: Environment
}

/** Folder of package.json. */
export const projectFolder = resolve(import.meta.dirname, '..')

/** Limit in bytes; a longer file is no settings file. */
const LONGEST = 1_000_000

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'this user has no permission to read it',
  EISDIR: 'it is a folder',
  ENOENT: 'it is not there',
}

/** Reason of a failed reading, as the end of a sentence. */
export const whyUnreadable = (error: unknown): string => {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return reasons[code] ?? code
}

/** Decodes UTF-8, and UTF-16 and byte order marks of Windows editors. */
const decode = (bytes: Buffer, path: string): string => {
  const encoding =
    bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8'
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes)
    if (!text.includes('\0')) return text.replaceAll(/\r\n?/g, '\n')
  } catch {
    // The error below covers this case too.
  }
  throw new StartError(`Can't read ${path}: it is not UTF-8 text. Save it as UTF-8.`)
}

/**
 * @throws StartError for the first line that is neither a setting, a comment nor blank. It has the line number without
 * the content, which may be part of a secret.
 */
const checkLines = (text: string, path: string): void => {
  const lines = text.split('\n')
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index]?.trim() ?? ''
    if (line === '' || line.startsWith('#')) continue
    const wrong = (reason: string) => new StartError(`${path}, line ${index + 1}: ${reason}`)
    const value = /^(?:export\s+)?[A-Za-z_]\w*\s*=\s*(.*)$/.exec(line)?.[1]
    if (value === undefined) throw wrong('this is not a setting. Write NAME=value, or # before a comment.')
    const quote = /^["'`]/.exec(value)?.[0]
    if (quote === undefined || value.includes(quote, 1)) continue
    // A quoted value may span several lines.
    const end = lines.findIndex((later, at) => at > index && later.includes(quote))
    if (end === -1) throw wrong(`the ${quote} that opens the value is not closed.`)
    index = end
  }
}

/**
 * @param environment `KMS_ENV_FILE` is another file, relative to the working directory; empty for no file
 * @returns undefined without a file
 * @throws StartError for an unreadable file or an invalid line
 */
export const readEnvFile = (environment: Environment = process.env): EnvFile | undefined => {
  const named = environment.KMS_ENV_FILE
  if (named?.trim() === '') return undefined
  const path = named === undefined ? resolve(projectFolder, '.env') : resolve(named.trim())
  let bytes: Buffer
  try {
    bytes = readFileSync(path)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT' && named === undefined) return undefined
    throw new StartError(`Can't read ${path}: ${whyUnreadable(error)}.`)
  }
  if (bytes.length > LONGEST) throw new StartError(`Can't read ${path}: it is longer than a megabyte.`)
  const text = decode(bytes, path)
  checkLines(text, path)
  return { path, variables: parseEnv(text) }
}
