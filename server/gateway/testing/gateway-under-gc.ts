/**
 * Program: two gateways to the provider at URL, in a process that collects garbage all the time; one gives up after 0.3
 * seconds, the other after minutes. Prints both addresses. `gateway-under-gc.ts URL`
 */
import { listen } from '../../listen.ts'
import { createLogger } from '../../log.ts'
import { createGateway } from '../gateway.ts'
import { ownHosts } from '../guard.ts'
import { thalassaAt } from './connections.ts'

const [, , url = ''] = process.argv

const open = async (timeout: number) => {
  let port = 0
  const answer = createGateway({
    version: '1.2.3',
    connections: [thalassaAt(url)],
    readOnly: false,
    log: createLogger('silent'),
    hosts: () => ownHosts({ host: '127.0.0.1', port }),
    timeout,
  })
  const listening = await listen({ answer, host: '127.0.0.1', port, variable: 'PORT' })
  port = listening.port
  return listening.url
}

const addresses = [await open(300), await open(240_000)]
setInterval(() => globalThis.gc?.(), 20)
process.stdout.write(`${addresses.join(' ')}\n`)
