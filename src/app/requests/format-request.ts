/** Formats a recorded request for the list and as a curl command. */

import { codeOf } from '../../clouds/code-registry.ts'
import type { Call } from '../../clouds/http.ts'
import { cloudOf } from '../../clouds/registry.ts'
import type { LoggedExchange } from '../../clouds/request-log.ts'
import { fullAddress } from '../../lib/base-path.ts'
import { formatNumber } from '../../lib/numbers.ts'
import { shellQuote } from '../../lib/shell.ts'

/** `41 ms`, `1,204 ms` */
export const formatDuration = (milliseconds: number): string => `${formatNumber(Math.round(milliseconds))} ms`

const short = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 3 })

/** `512 B`, `3.4 kB`, `31 MB` */
export function formatBodySize(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`
  return bytes < 1_000_000 ? `${short.format(bytes / 1_000)} kB` : `${short.format(bytes / 1_000_000)} MB`
}

export const isFailed = ({ status }: LoggedExchange): boolean => status === undefined || status >= 400

export const formatStatus = ({ status }: LoggedExchange): string =>
  status === undefined ? 'No answer' : String(status)

export const formatTarget = ({ cloud, location }: LoggedExchange): string =>
  cloud === undefined ? 'Gateway' : [cloudOf(cloud).name, location].filter(Boolean).join(' ')

/** Recorded body as indented text; empty when there was none. */
export function bodyText(body: unknown): string {
  if (body === undefined) return ''
  return typeof body === 'string' ? body : JSON.stringify(body, null, 2)
}

/**
 * The request as the cloud receives it, with variables for credentials; masked members stay masked.
 * @param fixed project from the gateway's configuration, which overrides the page's
 */
export function curlOf(
  { cloud, location, method, path, query, project, request: sent }: LoggedExchange,
  fixed?: string,
): string {
  const whole = path + query
  if (cloud === undefined) return `curl -sS ${method === 'GET' ? '' : `-X ${method} `}${shellQuote(fullAddress(whole))}`
  const call: Call = {
    method,
    path: whole,
    project: fixed ?? project,
    ...(sent.body === undefined ? {} : { body: sent.body }),
  }
  return codeOf(cloud).call(call, location).code
}

/** Whether the request has masked values, which must be filled in before it can be sent. */
export const isMaskedIn = ({ request: sent }: LoggedExchange): boolean => / masked>|<cut/.test(bodyText(sent.body))
