/** `console`: the gateway with the console's pages, and the local KMS for providers without credentials. */
import { join } from 'node:path'
import { connect } from '../connect.ts'
import { projectFolder } from '../env-file.ts'
import { createGateway } from '../gateway/gateway.ts'
import { type Hosts, noSignIn, ownHosts } from '../gateway/guard.ts'
import { localSession } from '../gateway/registry.ts'
import { openPages } from '../gateway/static.ts'
import { gatewayOptionsOf } from '../gateway-options.ts'
import { listen } from '../listen.ts'
import { openAccessFor } from '../open-access.ts'
import { openMeter } from '../ops/meter.ts'
import { cookiePlace } from '../sign-in/cookies.ts'
import { openStartToken } from '../sign-in/start-token.ts'
import { version } from '../version.ts'
import type { Run } from './command.ts'
import { listenKms, printKms } from './kms-port.ts'
import { summaryOf } from './summary.ts'

export const run: Run = async (running) => {
  const { config, log, onStop } = running
  const pages = openPages(join(projectFolder, 'dist'))
  let hosts: Hosts = new Set<string>()
  let kmsAddress: string | undefined
  const { publicUrl } = config.kms
  const shown = () => kmsAddress && (publicUrl ?? kmsAddress)
  const { connections, kms } = await connect(config, log, shown)
  if (kms !== undefined) onStop(() => kms.close())
  let address = ''
  const ownUrl = () => config.publicUrl ?? new URL(`${address}/`)
  const ops = config.ops && { ...config.ops, ...(await import('../ops/ops.ts')) }
  const meter = ops && openMeter()
  const opened = config.signIn && (await openAccessFor(config, config.signIn, connections, ownUrl, log, { meter }))
  if (opened) onStop(() => opened.close())
  const startToken = config.startToken ? openStartToken(() => cookiePlace(ownUrl())) : undefined
  const answer = createGateway({
    ...gatewayOptionsOf(config),
    version,
    connections,
    access: opened?.access,
    startToken,
    meter,
    hosts: () => hosts,
    localKms: () => {
      const address = shown()
      return kms && { ...(address === undefined ? {} : { address }), ...localSession(kms) }
    },
    log,
    pages,
  })
  const ready = async () =>
    (kms === undefined || (await kms.ready())) && (opened === undefined || opened.access.ready())
  const warnings = () => kms?.warnings() ?? []
  const own = await listen({
    answer,
    ready,
    warnings,
    host: config.host,
    grace: config.stopGrace,
    onlyLoopback: config.allowAnonymous || config.signIn ? undefined : noSignIn,
    port: config.port,
    variable: 'PORT',
    tls: config.tls,
    report: (text) => log.info(text),
  })
  address = own.url
  hosts = ownHosts({ host: config.host, port: own.port, publicUrl: config.publicUrl })
  const opsPort =
    ops &&
    meter &&
    (await ops.listenOps({ ...ops, meter, connections, approvalsWaiting: opened?.approvalsWaiting, ready, warnings }))
  if (opsPort) onStop(opsPort.close)
  onStop(own.close)
  if (kms !== undefined && config.kms.port !== undefined) kmsAddress = await listenKms(kms, config.kms.port, running)
  if (opsPort) onStop(opsPort.announceStop)
  console.log(`console: ${own.url}`)
  if (opsPort) console.log(`ops: ${opsPort.url}`)
  if (config.publicUrl) console.log(`public address: ${config.publicUrl.href}`)
  if (startToken) console.log(`open: ${startToken.addressOf(ownUrl())}`)
  if (kms !== undefined && kmsAddress !== undefined) printKms(kmsAddress, kms, publicUrl)
  console.log(
    summaryOf(config, connections, {
      isLocalKmsOpen: kms !== undefined,
      isOpen: own.isOpen || config.publicUrl !== undefined,
    }),
  )
  return 'serving'
}
