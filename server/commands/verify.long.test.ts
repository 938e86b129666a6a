/** Verification as a command, beside a running server. */
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { callKeys, folder, lastOfKms, run, start, started } from '../testing/program.ts'

test('verify tells that all is well beside a running server, and names what was changed with SQL', async () => {
  const dataDir = folder()
  const kms = await started(start(['kms', '--port', '0'], { KMS_DATA_DIR: dataDir }), lastOfKms)
  const { identity } = await callKeys(kms, 'POST', '', { name: 'kept' })
  const well = await run(['kms', 'verify'], { KMS_DATA_DIR: dataDir })
  expect(well).toMatchObject({ code: 0, err: '' })
  expect(well.out).toContain(`verified: ${join(dataDir, 'kms.sqlite')}\nroot key: ${join(dataDir, 'root.key')}\n`)
  expect(well.out).toMatch(
    /\d+ keys with \d+ versions and 6 credentials, .* of the audit log\nEverything is as the KMS/,
  )

  const database = new DatabaseSync(join(dataDir, 'kms.sqlite'))
  database.prepare("UPDATE keys SET status = 'disabled' WHERE id = ?").run(identity)
  database.close()
  const broken = await run(['kms', 'verify'], { KMS_DATA_DIR: dataDir })
  expect(broken.code).toBe(1)
  expect(broken.out).toContain(`- the key ${identity} in nl-01 (table keys) was changed outside of the KMS\n`)
  expect(broken.err).toMatch(/^1 finding: this is not what the KMS wrote\. .*npm run kms -- restore FILE --force\n$/)
})
