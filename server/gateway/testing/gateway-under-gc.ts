/** Program: a gateway to the provider at URL that collects garbage all the time. `gateway-under-gc.ts URL MILLISECONDS` */
import { listen } from '../../listen.ts'
import { createLogger } from '../../log.ts'
import { createGateway } from '../gateway.ts'
import { ownHosts } from '../guard.ts'
import { thalassaAt } from './connections.ts'

const [, , url = '', timeout] = process.argv
let port = 0
const { fetch } = createGateway({
  version: '1.2.3',
  connections: [thalassaAt(url)],
  readOnly: false,
  log: createLogger('silent'),
  hosts: () => ownHosts({ host: '127.0.0.1', port }),
  timeout: Number(timeout),
})
const listening = await listen({ fetch, host: '127.0.0.1', port, variable: 'PORT' })
port = listening.port
setInterval(() => globalThis.gc?.(), 20)
process.stdout.write(`${listening.url}\n`)
