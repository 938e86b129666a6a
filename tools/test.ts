/**
 * Runs checks and tests: `node tools/test.ts [quick | all | check]`. Lanes of a phase run in parallel and to their end;
 * the next phase starts only if all have passed.
 */
import { spawn } from 'node:child_process'

interface Step {
  readonly name: string
  /** Command line; npm adds `node_modules/.bin` to the PATH. */
  readonly command: string
}

type Lane = readonly Step[]

const types = { name: 'types', command: 'tsc -b' }
const lint = { name: 'lint', command: 'npm run --silent lint' }
const imports = { name: 'imports', command: 'vitest run server/architecture.test.ts' }
const deadCode = { name: 'dead code', command: 'knip' }
const build = { name: 'build', command: 'npm run --silent build -- --logLevel warn' }
const unit = { name: 'unit tests', command: 'vitest run --project unit --reporter dot' }
const unitAndContract = {
  name: 'unit and contract tests',
  command: 'vitest run --project unit --project contract --reporter dot',
}
const component = { name: 'component tests', command: 'vitest run --project browser --reporter dot' }
const long = { name: 'long tests', command: 'vitest run --project long' }
const journeys = { name: 'browser journeys', command: 'playwright test --project core' }
const browser = { name: 'other browser tests', command: 'playwright test --project more' }

const checks = [types, lint, deadCode]

/** Phases by name of a run. Tests start programs of the server as production does, so the build comes first. */
const test: readonly (readonly Lane[])[] = [[[build], [types]], [[unitAndContract], [lint, deadCode]], [[journeys]]]
const phases: Readonly<Record<string, readonly (readonly Lane[])[]>> = {
  check: [[[...checks, imports]]],
  quick: [[[unit], checks]],
  test,
  all: [...test, [[long], [browser, component]]],
}

const seconds = (since: number) => `${((performance.now() - since) / 1000).toFixed(0)} s`

/** Runs a step and returns whether it passed. Output is shown immediately, or at the end if other lanes run in parallel. */
async function passes({ name, command }: Step, isAlone: boolean): Promise<boolean> {
  const since = performance.now()
  const child = spawn(command, {
    shell: true,
    stdio: ['ignore', isAlone ? 'inherit' : 'pipe', isAlone ? 'inherit' : 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  const isPassed = code === 0
  if (!isPassed) console.log(`${output}\n$ ${command}`)
  console.log(`${isPassed ? '✓' : '✗'} ${name} (${seconds(since)})`)
  return isPassed
}

/** Runs the steps of a lane up to the first failure. */
async function lanePasses(lane: Lane, isAlone: boolean): Promise<boolean> {
  for (const step of lane) if (!(await passes(step, isAlone))) return false
  return true
}

const name = process.argv[2] ?? 'test'
const run = phases[name]
if (!run) throw new Error(`There is no run named ${name}. There are: ${Object.keys(phases).join(', ')}.`)
if (name === 'all') process.env.KMS_TEST_RUNS = 'all'
const since = performance.now()
for (const lanes of run) {
  const results = await Promise.all(lanes.map((lane) => lanePasses(lane, lanes.length === 1)))
  if (results.includes(false)) {
    console.log(`Failed after ${seconds(since)}.`)
    process.exit(1)
  }
}
console.log(`All passed in ${seconds(since)}.`)
