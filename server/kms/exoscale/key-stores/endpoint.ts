/** Endpoint of a proxy, as a key store names it. */
import { EndpointError } from './addresses.ts'

/**
 * URL of an endpoint.
 * @throws EndpointError for anything but an address of a server, with a path at most
 */
export function endpointUrl(endpoint: string, allowPrivate: boolean): URL {
  const url = URL.parse(endpoint)
  const schemes = allowPrivate ? ['https:', 'http:'] : ['https:']
  if (!url || !schemes.includes(url.protocol) || !/^https?:\/\/[^\s\\]+$/i.test(endpoint))
    throw new EndpointError('must be the address of an XKS proxy, such as https://xks.example.com/tenant')
  if (url.username !== '' || url.password !== '' || /[?#@]/.test(endpoint))
    throw new EndpointError('must have no user, query or fragment: proxy.auth has the credentials')
  // Signatures of other characters differ between implementations.
  if (!/^[\w/.~-]*$/.test(url.pathname))
    throw new EndpointError('must have a path of letters, digits and / . _ ~ - only')
  return url
}

/** URL of an operation of the proxy's API. */
export function operationUrl(endpoint: URL, operation: string): URL {
  const url = new URL(endpoint)
  url.pathname = `${url.pathname.replace(/\/$/, '')}/kms/xks/v1/${operation}`
  return url
}
