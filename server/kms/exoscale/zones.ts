import { createHash } from 'node:crypto'
import { zones } from '../../../src/clouds/exoscale/rules.ts'
import { uuidOf } from './uuid.ts'

/** Id of a zone, derived from its name. */
const idOf = (name: string) => uuidOf(createHash('sha1').update(`exoscale zone ${name}`).digest().subarray(0, 16), 5)

const entries = zones.map(({ name }) => ({ name, id: idOf(name) }))

/**
 * Answer of `GET /zone`. Its endpoints point to this server, because clients call them.
 * @param base base URL by which the caller reaches this server, `http://host:port`
 */
export const zoneList = (base: string) => ({
  zones: entries.map(({ name, id }) => ({
    name,
    'api-endpoint': `${base}/zone/${name}/v2`,
    'sos-endpoint': `https://sos-${name}.exo.io`,
    id,
  })),
})
