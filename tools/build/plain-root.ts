import { mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * Path of the folder that works with Vite, which cuts module names at `#` and `?` and reads special characters of
 * globs. Other names get a link in the temporary folder, which is removed when the process ends.
 */
export const plainRoot = (folder: string): string => {
  if (/^[\p{L}\p{N}\p{M}\s./\\:_@~+-]*$/u.test(folder)) return folder
  const place = mkdtempSync(join(tmpdir(), 'kms-console-build-'))
  const link = join(place, 'project')
  symlinkSync(folder, link, 'junction')
  process.once('exit', () => rmSync(place, { recursive: true, force: true }))
  return link
}
