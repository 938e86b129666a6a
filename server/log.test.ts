import { stripVTControlCharacters } from 'node:util'
import { expect, test } from 'vitest'
import { readable } from './log.ts'
import { exit, lastOfKms, printed, start, started } from './testing/program.ts'

const shown = (line: object) => stripVTControlCharacters(readable(JSON.stringify(line)))
const time = new Date(2026, 10, 29, 10, 31, 7).toISOString()

test('in a terminal a request is one short line', () => {
  const request = { level: 30, time, method: 'GET', path: '/api/session', status: 200, duration: 3, id: 'x' }
  expect(shown({ ...request, msg: 'request' })).toBe('10:31:07 GET /api/session 200 3 ms\n')
  expect(shown({ ...request, status: 500, error: 'TypeError', at: ['a', 'b'] })).toBe(
    '10:31:07 GET /api/session 500 3 ms error=TypeError at=["a","b"]\n',
  )
})

test('in a terminal a message is a line, with its level unless it is info', () => {
  expect(shown({ level: 30, time, msg: 'due jobs', rotated: 2 })).toBe('10:31:07 due jobs rotated=2\n')
  expect(shown({ level: 40, time, msg: 'look' })).toBe('10:31:07 warn: look\n')
  expect(shown({ level: 50, time, msg: 'failed', err: { type: 'Error' } })).toBe(
    '10:31:07 error: failed err={"type":"Error"}\n',
  )
})

test('control characters from outside are escaped', () => {
  const esc = String.fromCharCode(27)
  expect(shown({ level: 30, time, method: 'GET', path: `/\n${esc}[2J\u009b0m`, status: 200, duration: 0 })).toBe(
    '10:31:07 GET / [2J 0m 200 0 ms\n',
  )
})

test('elsewhere each line is JSON, filtered by LOG_LEVEL', async () => {
  const program = start(['kms', '--port', '0'], { LOG_LEVEL: 'debug' })
  const { kms } = await started(program, lastOfKms)
  await fetch(`${kms}/v2/zone?secret=hidden`)
  await printed(program, 'err', /"path"/)
  program.child.kill('SIGTERM')
  await exit(program.child)
  const lines = program.output.err.trim().split('\n')
  expect(lines.map((line) => JSON.parse(line))).toContainEqual(
    expect.objectContaining({ method: 'GET', path: '/v2/zone', status: 200, msg: 'request' }),
  )
  expect(program.output.err).not.toContain('hidden')
})

test.each(['warn', 'silent'])('requests are not logged at LOG_LEVEL=%s', async (LOG_LEVEL) => {
  const program = start(['kms', '--port', '0'], { LOG_LEVEL })
  await started(program, lastOfKms)
  program.child.kill('SIGTERM')
  expect(await exit(program.child)).toBe(0)
  expect(program.output.err).toBe('')
})

test('an unknown level ends the start', async () => {
  const { child, output } = start(['kms', '--port', '0'], { LOG_LEVEL: 'loud' })
  expect(await exit(child)).toBe(1)
  expect(output.err).toContain('- LOG_LEVEL must be trace, debug, info, warn, error, fatal or silent')
})
