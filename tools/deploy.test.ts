/** The files of `deploy/`: what they name exists, and linters that are installed find nothing. */
import { spawnSync } from 'node:child_process'
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import { openMeter } from '../server/ops/meter.ts'
import { listenOps } from '../server/ops/ops.ts'
import { knownVariables } from '../server/variables.ts'

const read = (file: string) => readFileSync(file, 'utf8')

/** Members of a value that may be anything. */
type Node = Readonly<Record<string, unknown>>
const node = (value: unknown): Node => (typeof value === 'object' && value !== null ? (value as Node) : {})
const at = (value: unknown, ...path: readonly (string | number)[]): unknown =>
  path.reduce<unknown>((found, name) => node(found)[name], value)
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

/** Output of a program, and its status; undefined where it is not installed. */
function runs(program: string, args: readonly string[]): { code: number | null; output: string } | undefined {
  const { error, status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8' })
  return error ? undefined : { code: status, output: `${stdout}${stderr}` }
}

const manifests = globSync('deploy/kubernetes/*.yaml').filter((file) => !file.endsWith('kustomization.yaml'))
const documents = manifests.flatMap((file) => parseAllDocuments(read(file)).map((one) => one.toJS() as unknown))
const ofKind = (kind: string) => documents.find((one) => node(one).kind === kind)

const containerOf = () => at(ofKind('Deployment'), 'spec', 'template', 'spec', 'containers', 0)

test('every variable is one of the configuration', () => {
  const compose = parse(read('deploy/compose.yaml')) as unknown
  const inFiles = [
    'deploy/settings.env.example',
    'deploy/kubernetes/settings.env',
    'deploy/kms-console.service',
  ].flatMap((file) => [...read(file).matchAll(/(?:^|Environment=|[ ])([A-Z][A-Z_]+)=/gm)].map(([, name = '']) => name))
  const names = [
    ...inFiles,
    ...Object.keys(node(at(compose, 'services', 'console', 'environment'))),
    ...list(at(containerOf(), 'env')).map((one) => String(node(one).name)),
    ...[...read('deploy/Dockerfile').matchAll(/^(?:ENV|) +([A-Z_]+)=/gm)].map(([, name = '']) => name),
  ]
  expect(names.length).toBeGreaterThan(25)
  const isKnown = (name: string) =>
    name === 'NODE_ENV' || knownVariables.includes(name) || knownVariables.includes(name.replace(/_FILE$/, ''))
  expect(names.filter((name) => !isKnown(name))).toEqual([])
})

describe('the image', () => {
  const stages = read('deploy/Dockerfile')
    .split(/^FROM /m)
    .slice(1)
  const [, last = ''] = stages

  test('runs as a numeric user on a base without a shell, from images with a version', () => {
    expect(stages.map((stage) => stage.split(/\s/)[0])).toEqual([
      expect.stringMatching(/^node:\d+\.\d+\.\d+-\w+$/),
      expect.stringMatching(/^gcr\.io\/distroless\/[\w-]+:nonroot$/),
    ])
    expect(last).toMatch(/^USER 65532:65532$/m)
    for (const name of ['ENTRYPOINT', 'CMD']) expect(last).toMatch(new RegExp(`^${name} \\[".*"\\]$`, 'm'))
  })

  test('holds the build alone, and no secret of the folder is sent to the builder', () => {
    const copied = [...last.matchAll(/^COPY --from=build (?:--chown=\S+ )?(\S+) (\S+)$/gm)].map(([, from]) => from)
    expect(copied).toEqual(['/usr/local/bin/node', '/app/package.json', '/app/dist', '/app/dist-server', '/data'])
    const ignored = read('.dockerignore').split('\n')
    for (const path of ['.env', '.data', '.git', 'deploy/secrets', 'deploy/settings.env'])
      expect(ignored).toContain(path)
  })

  test('its Node is the one that the tests run with', () => {
    const { devDependencies } = JSON.parse(read('package.json')) as { devDependencies: Record<string, string> }
    expect(stages[0]).toMatch(new RegExp(`^node:${devDependencies.node}-`))
  })
})

describe('compose', () => {
  const compose = parse(read('deploy/compose.yaml')) as unknown
  const service = at(compose, 'services', 'console')

  test('the console has no rights, and only this machine reaches it', () => {
    expect(service).toMatchObject({ read_only: true, cap_drop: ['ALL'], security_opt: ['no-new-privileges:true'] })
    expect(list(node(service).ports).filter((port) => !String(port).startsWith('127.0.0.1:'))).toEqual([])
    expect(at(compose, 'services', 'database')).not.toHaveProperty('ports')
  })

  test('every secret and volume that a service uses is there', () => {
    const services = Object.values(node(at(compose, 'services')))
    const secrets = services.flatMap((one) => list(node(one).secrets))
    expect([...new Set(secrets)].sort()).toEqual(Object.keys(node(at(compose, 'secrets'))).sort())
    const volumes = services.flatMap((one) => list(node(one).volumes)).map((volume) => String(volume).split(':')[0])
    expect(volumes.sort()).toEqual(Object.keys(node(at(compose, 'volumes'))).sort())
  })
})

describe('Kubernetes', () => {
  test('the pod has no rights, and its folder can’t be written', () => {
    const pod = at(ofKind('Deployment'), 'spec', 'template', 'spec')
    expect(pod).toMatchObject({
      automountServiceAccountToken: false,
      securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
    })
    expect(node(containerOf()).securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    })
  })

  test('probes, services and policies lead to ports of the pod, and what stops it has time', () => {
    const ports = list(at(containerOf(), 'ports')).map((port) => node(port).name)
    const probed = ['startupProbe', 'readinessProbe', 'livenessProbe'].map((probe) =>
      at(containerOf(), probe, 'httpGet', 'port'),
    )
    const served = list(at(ofKind('Service'), 'spec', 'ports')).map((port) => node(port).targetPort)
    const admitted = list(at(ofKind('NetworkPolicy'), 'spec', 'ingress')).map((rule) => at(rule, 'ports', 0, 'port'))
    expect([...probed, ...served, ...admitted].filter((port) => !ports.includes(port))).toEqual([])
    const environment = list(at(containerOf(), 'env')).map(node)
    const grace = Number(environment.find(({ name }) => name === 'STOP_SECONDS')?.value)
    const before = Number(at(containerOf(), 'lifecycle', 'preStop', 'sleep', 'seconds'))
    const all = Number(at(ofKind('Deployment'), 'spec', 'template', 'spec', 'terminationGracePeriodSeconds'))
    expect(all).toBeGreaterThan(before + grace + 10)
  })

  test('the kustomization has every file, and labels select the pods', () => {
    const kustomization = parse(read('deploy/kubernetes/kustomization.yaml')) as unknown
    const resources = list(node(kustomization).resources).map((name) => join('deploy/kubernetes', String(name)))
    expect(resources.sort()).toEqual([...manifests].sort())
    const label = { app: 'kms-console' }
    expect(at(ofKind('Deployment'), 'spec', 'template', 'metadata', 'labels')).toEqual(label)
    expect(at(ofKind('Service'), 'spec', 'selector')).toEqual(label)
    for (const [kind, member] of [
      ['Deployment', 'selector'],
      ['PodDisruptionBudget', 'selector'],
      ['NetworkPolicy', 'podSelector'],
    ] as const)
      expect(at(ofKind(kind), 'spec', member, 'matchLabels')).toEqual(label)
  })
})

test('every metric of the alerts, the dashboard and the docs exists, and the docs name each', async () => {
  const ops = await listenOps({
    host: '127.0.0.1',
    port: 0,
    meter: openMeter(),
    connections: [],
    approvalsWaiting: async () => 0,
    ready: async () => true,
    warnings: () => [],
  })
  onTestFinished(ops.close)
  const text = await (await fetch(`${ops.url}/metrics`)).text()
  const existing = new Set([...text.matchAll(/^# TYPE (\w+)/gm)].map(([, name = '']) => name))
  const namedIn = (file: string) =>
    [...read(file).matchAll(/\b(?:kms_console|process|nodejs)_[a-z0-9_]+[a-z0-9]\b/g)].map(([name]) =>
      name.replace(/_(bucket|sum|count)$/, ''),
    )
  const files = ['deploy/prometheus/alerts.yaml', 'deploy/grafana/kms-console.json', 'docs/deploying.md']
  for (const file of files) {
    expect(namedIn(file).length).toBeGreaterThan(8)
    expect(namedIn(file).filter((name) => !existing.has(name))).toEqual([])
  }
  const described = namedIn('docs/deploying.md')
  expect([...existing].filter((name) => name.startsWith('kms_') && !described.includes(name))).toEqual([])
})

test('every alert has an expression, a severity and a summary, and the docs say what to do', () => {
  const rules = list(at(parse(read('deploy/prometheus/alerts.yaml')), 'groups')).flatMap((group) =>
    list(node(group).rules),
  )
  expect(rules.length).toBeGreaterThan(8)
  for (const rule of rules) {
    expect(rule).toMatchObject({
      alert: expect.stringMatching(/^Kms\w+$/),
      expr: expect.any(String),
      labels: { severity: expect.stringMatching(/^(critical|warning|info)$/) },
      annotations: { summary: expect.any(String) },
    })
    expect(read('docs/deploying.md')).toContain(`| \`${String(node(rule).alert)}\` |`)
  }
})

test('the unit names its settings and credentials once, and starts the build', () => {
  const unit = read('deploy/kms-console.service')
  const loaded = [...unit.matchAll(/^LoadCredential=([\w-]+):/gm)].map(([, name]) => name)
  const used = [...unit.matchAll(/%d\/([\w-]+)/g)].map(([, name]) => name)
  expect(loaded).toEqual(used)
  expect(unit).toMatch(/^ExecStart=\/opt\/kms-console\/node \/opt\/kms-console\/dist-server\/main\.js console$/m)
})

test('linters that are installed find nothing', () => {
  const folder = mkdtempSync(join(tmpdir(), 'unit-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const unit = join(folder, 'kms-console.service')
  // The program of the unit is not on this machine.
  writeFileSync(unit, read('deploy/kms-console.service').replace('/opt/kms-console/node', process.execPath))
  const silent = [
    ['hadolint', ['deploy/Dockerfile']],
    // Its status is 0 for unknown settings too.
    ['systemd-analyze', ['verify', unit]],
  ] as const
  for (const [program, args] of silent) expect(runs(program, args)?.output ?? '').toBe('')
  const passing = [
    ['kubernetes-validate', ['--strict', '--quiet', ...manifests]],
    ['kubectl', ['kustomize', 'deploy/kubernetes']],
    ['promtool', ['check', 'rules', 'deploy/prometheus/alerts.yaml']],
  ] as const
  for (const [program, args] of passing) expect(runs(program, args) ?? { code: 0 }).toMatchObject({ code: 0 })
  expect(existsSync(unit)).toBe(true)
})
