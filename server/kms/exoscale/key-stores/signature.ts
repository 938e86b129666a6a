/** Signature of a request to a proxy: AWS Signature Version 4, as the XKS proxy API has it. */
import { createHash, createHmac } from 'node:crypto'
import { defaultZone } from '../../../../src/clouds/exoscale/rules.ts'

const SERVICE = 'kms-xks-proxy'
/** Region in the scope of a signature. Stores belong to no zone, so it is the same for all. */
const REGION = defaultZone

export interface ProxyCredential {
  readonly accessKey: string
  readonly secret: string
}

const digest = (bytes: string | Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const hmac = (key: string | Uint8Array, text: string) => createHmac('sha256', key).update(text).digest()

/** Headers that sign a POST of a body at a time in milliseconds. */
export function signedHeaders(url: URL, body: Uint8Array, { accessKey, secret }: ProxyCredential, now: number) {
  const time = new Date(now).toISOString().replaceAll(/[-:]|\.\d{3}/g, '')
  const date = time.slice(0, 8)
  const scope = `${date}/${REGION}/${SERVICE}/aws4_request`
  const signed = 'host;x-amz-date'
  const request = ['POST', url.pathname, '', `host:${url.host}`, `x-amz-date:${time}`, '', signed, digest(body)]
  const text = ['AWS4-HMAC-SHA256', time, scope, digest(request.join('\n'))].join('\n')
  const key = [date, REGION, SERVICE, 'aws4_request'].reduce<string | Uint8Array>(hmac, `AWS4${secret}`)
  const signature = createHmac('sha256', key).update(text).digest('hex')
  return {
    host: url.host,
    'x-amz-date': time,
    authorization: `AWS4-HMAC-SHA256 Credential=${accessKey}/${scope}, SignedHeaders=${signed}, Signature=${signature}`,
  }
}
