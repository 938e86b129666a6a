/**
 * Kills a local KMS under 12 writers, and prints what was lost. Needs a build.
 * `node bench/kills.ts [KILLS]`; default 500, which takes about ten minutes.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { killRepeatedly } from '../server/kms/testing/kills.ts'

const WRITERS = 12

const say = (text: string) => void process.stdout.write(`${text}\n`)

async function run(kills: number): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'kms-kills-'))
  const program = resolve(import.meta.dirname, '../dist-server/main.js')
  try {
    say(`Local KMS, killed ${kills} times under ${WRITERS} writers`)
    const tally = await killRepeatedly({ program, dataDir }, { kills, writers: WRITERS }, (nth) => {
      if (nth % 50 === 0) say(`  ${nth} kills`)
    })
    const { acknowledged, lost, stored, withoutAudit, auditWithoutChange, findings } = tally
    say(`  ${acknowledged.toLocaleString('en')} changes were acknowledged, ${stored.toLocaleString('en')} are stored`)
    say(`  acknowledged changes that are lost: ${lost}`)
    say(`  changes without an audit row: ${withoutAudit}`)
    say(`  audit rows without a change: ${auditWithoutChange}`)
    say(`  findings of a verification afterwards: ${findings}`)
    if (lost + withoutAudit + auditWithoutChange + findings > 0) process.exitCode = 1
  } finally {
    rmSync(dataDir, { recursive: true })
  }
}

await run(process.argv[2] === undefined ? 500 : Number(process.argv[2]))
