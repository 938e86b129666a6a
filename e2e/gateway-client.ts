/** Client of the gateway's API that prepares and changes keys without the page. */
export interface GatewayClient {
  call<T>(method: string, path: string, body?: unknown): Promise<T>
  thalassa: {
    create(
      key: { name: string; keyType?: string; [member: string]: unknown },
      region?: string,
    ): Promise<{ identity: string }>
    act(key: { identity: string }, method: 'POST' | 'DELETE' | 'PATCH', rest: string, body?: unknown): Promise<unknown>
    encrypt(key: { identity: string }, plaintext: string): Promise<string>
  }
  exoscale: {
    create(key: { name: string; [member: string]: unknown }, zone?: string): Promise<{ id: string }>
    act(key: { id: string }, action: string, body?: unknown, zone?: string): Promise<unknown>
    encrypt(key: { id: string }, plaintext: string, context?: string, zone?: string): Promise<string>
  }
}

const base64 = (text: string) => Buffer.from(text, 'utf8').toString('base64')

export function gatewayClient(url: string): GatewayClient {
  async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await fetch(url + path, {
      method,
      headers: { origin: url, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`)
    return JSON.parse(text || 'null')
  }
  const thalassaKeys = (region: string) => `/api/thalassa/v1/kms/${region}/keys`
  const exoscaleKeys = (zone: string) => `/api/exoscale/${zone}/kms-key`
  return {
    call,
    thalassa: {
      create: (key, region = 'nl-01') => call('POST', thalassaKeys(region), { keyType: 'aes256-gcm96', ...key }),
      act: (key, method, rest, body) => call(method, `${thalassaKeys('nl-01')}/${key.identity}${rest}`, body),
      encrypt: async (key, plaintext) =>
        (
          await call<{ ciphertext: string }>('POST', `${thalassaKeys('nl-01')}/${key.identity}/encrypt`, {
            plaintext: base64(plaintext),
          })
        ).ciphertext,
    },
    exoscale: {
      create: (key, zone = 'ch-gva-2') => call('POST', exoscaleKeys(zone), key),
      act: (key, action, body, zone = 'ch-gva-2') => call('POST', `${exoscaleKeys(zone)}/${key.id}/${action}`, body),
      encrypt: async (key, plaintext, context, zone = 'ch-gva-2') =>
        (
          await call<{ ciphertext: string }>('POST', `${exoscaleKeys(zone)}/${key.id}/encrypt`, {
            plaintext: base64(plaintext),
            ...(context === undefined ? {} : { 'encryption-context': base64(context) }),
          })
        ).ciphertext,
    },
  }
}
