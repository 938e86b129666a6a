/** Formats sizes, speeds, durations, file names and errors of files. */
import type { AgeProblem } from '../../../lib/age/age-error.ts'
import { count, formatNumber } from '../../../lib/numbers.ts'

const units = ['kB', 'MB', 'GB', 'TB']

const short = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 3 })

/** `512 bytes`, `1.07 GB`: decimal units, three digits. */
export function formatSize(bytes: number): string {
  if (bytes < 1000) return count(bytes, 'byte')
  let value = bytes
  let unit = -1
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000
    unit += 1
  }
  return `${short.format(value)} ${units[unit]}`
}

/** `1.07 GB, 1,073,741,824 bytes`; below a kilobyte, once. */
export const formatExactSize = (bytes: number): string =>
  bytes < 1000 ? formatSize(bytes) : `${formatSize(bytes)}, ${formatNumber(bytes)} bytes`

/** `310 MB/s`; below a kilobyte in bytes. */
export const formatSpeed = (bytesPerSecond: number): string =>
  `${formatSize(Math.round(bytesPerSecond)).replace(/ bytes?$/, ' B')}/s`

/** `less than a second`, `12 s`, `3 min 5 s`, `2 h 4 min`. */
export function formatDuration(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000)
  if (seconds < 1) return 'less than a second'
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return seconds % 60 === 0 ? `${minutes} min` : `${minutes} min ${seconds % 60} s`
  return minutes % 60 === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}

const ENDING = '.age'

export const encryptedName = (name: string): string => name + ENDING

/** Name without `.age`; a name without it gets a suffix, so that it differs from the input. */
export function decryptedName(name: string): string {
  const isOurs = name.toLowerCase().endsWith(ENDING) && name.length > ENDING.length
  return isOurs ? name.slice(0, -ENDING.length) : `${name}.decrypted`
}

interface ProblemDescription {
  readonly title: string
  readonly advice: string
}

const copyAgain = 'Copy or download it again and compare the sizes.'

const copyAsBinary = 'Copy or download it again as a binary file.'

const byte = (at: number) => `byte ${formatNumber(at)}`

/** Error and way out. Offsets are bytes of the encrypted file. */
export function describeProblem(problem: AgeProblem): ProblemDescription {
  switch (problem.kind) {
    case 'not-age':
      return {
        title: 'This is not an age file.',
        advice: 'Its first line should read age-encryption.org/v1. Choose a file that was encrypted here.',
      }
    case 'empty':
      return { title: 'The file is empty.', advice: copyAgain }
    case 'line-ends':
      return {
        title: 'The line ends of this file were converted to CRLF, so its content is damaged.',
        advice: `A program handled it as text, such as FTP in ASCII mode or git with autocrlf. ${copyAsBinary}`,
      }
    case 'byte-order-mark':
      return {
        title: 'This file was saved as text: a byte order mark is before its first line.',
        advice: `An editor or a shell redirection did this, and may have damaged the rest. ${copyAsBinary}`,
      }
    case 'armored':
      return {
        title: 'This is an age file in its text form.',
        advice: 'Files encrypted here are binary. Decrypt it with the program that made it.',
      }
    case 'header-malformed':
      return { title: 'The header of this age file can’t be read.', advice: copyAgain }
    case 'header-cut':
      return {
        title: `The file is cut short: it ends at ${byte(problem.at)}, before its content begins.`,
        advice: copyAgain,
      }
    case 'header-altered':
      return {
        title: 'The key does not decrypt this file: its header was altered.',
        advice: 'It was changed after encryption. Use another copy.',
      }
    case 'altered':
      return { title: `The file was altered at or after ${byte(problem.from)}.`, advice: copyAgain }
    case 'cut':
      return { title: `The file is cut short: it ends at ${byte(problem.at)}, and was longer.`, advice: copyAgain }
    case 'cut-or-altered':
      return {
        title: `The file is cut short at ${byte(problem.at)}, or was altered at or after ${byte(problem.from)}.`,
        advice: copyAgain,
      }
    case 'trailing':
      return {
        title: `The file ends at ${byte(problem.from)}, and something was added behind it.`,
        advice: copyAgain,
      }
    case 'unreadable':
      return {
        title: 'The file could not be read to its end.',
        advice: 'It was moved or changed, or its disk is gone. Choose it again.',
      }
    case 'no-space':
      return {
        title: 'This browser has no room for the result.',
        advice: 'Free some disk space, or close private windows, which have less. Then try again.',
      }
    case 'failed':
      return {
        title: 'The browser failed on this file.',
        advice: `Reload the page and try again.${problem.message === '' ? '' : ` The browser reports: ${problem.message}`}`,
      }
  }
}

/** Why a result of that size can't be written; undefined when it can, or when the free space is unknown. */
export const freeSpaceRefusal = (room: number | undefined, needed: number): string | undefined =>
  room !== undefined && room < needed
    ? `The result needs ${formatSize(needed)}, and this browser has ${formatSize(room)} left for this console.`
    : undefined
