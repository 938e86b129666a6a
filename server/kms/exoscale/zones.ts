import { createHash } from 'node:crypto'
import { zones } from '../../../src/clouds/exoscale/rules.ts'
import { uuidOf } from './uuid.ts'

/** A name always gets the same id. */
const idOf = (name: string) => uuidOf(createHash('sha1').update(`exoscale zone ${name}`).digest().subarray(0, 16), 5)

const entries = zones.map(({ name }) => ({ name, id: idOf(name) }))

/**
 * Answer of `GET /zone`. Clients use the endpoints in it, so these point to this server.
 * @param base where the caller reaches this server, `http://host:port`
 */
export const zoneList = (base: string) => ({
  zones: entries.map(({ name, id }) => ({
    name,
    'api-endpoint': `${base}/zone/${name}/v2`,
    'sos-endpoint': `https://sos-${name}.exo.io`,
    id,
  })),
})
