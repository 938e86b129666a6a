import { createHash } from 'node:crypto'
import { zones } from '../../../src/clouds/exoscale/rules.ts'

/** A UUID of version 5 (RFC 9562): a name always gets the same one. */
function idOf(name: string): string {
  const bytes = createHash('sha1').update(`exoscale zone ${name}`).digest().subarray(0, 16)
  bytes.writeUInt8(0x50 | (bytes.readUInt8(6) & 0x0f), 6)
  bytes.writeUInt8(0x80 | (bytes.readUInt8(8) & 0x3f), 8)
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

const ids = new Map(zones.map(({ name }) => [name, idOf(name)]))

/**
 * What `GET /zone` answers. Clients go to the endpoints they find here, so these point back at this server.
 * @param base own address, `http://host:port`
 */
export const zoneList = (base: string) => ({
  zones: zones.map(({ name }) => ({
    name,
    'api-endpoint': `${base}/zone/${name}/v2`,
    'sos-endpoint': `https://sos-${name}.exo.io`,
    id: ids.get(name),
  })),
})
