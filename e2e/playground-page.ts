/** Page object of the playground: fields and buttons of all operations. */
import type { Page } from '@playwright/test'
import { expect, uniqueName } from './fixtures.ts'
import type { GatewayClient } from './gateway-client.ts'

type Operation = 'encrypt' | 'decrypt' | 'reEncrypt' | 'dataKey' | 'sign' | 'verify' | 'hmac' | 'verifyHmac'

export const thalassaUrl = ({ identity }: { identity: string }, op: Operation = 'encrypt') =>
  `/playground?key=thalassa/nl-01/${identity}${op === 'encrypt' ? '' : `&op=${op}`}`
export const exoscaleUrl = ({ id }: { id: string }, op: Operation = 'encrypt') =>
  `/playground?key=exoscale/ch-gva-2/${id}${op === 'encrypt' ? '' : `&op=${op}`}`

export const playground = (page: Page) => ({
  plaintext: page.getByRole('textbox', { name: 'Plaintext', exact: true }),
  ciphertext: page.getByRole('textbox', { name: 'Ciphertext', exact: true }),
  context: page.getByRole('textbox', { name: 'Encryption context' }),
  encoding: (name: string) =>
    page.getByRole('radiogroup', { name: 'Encoding', exact: true }).getByRole('radio', { name }),
  contextEncoding: (name: string) =>
    page.getByRole('radiogroup', { name: 'Encoding of the context' }).getByRole('radio', { name }),
  shownAs: (name: string) =>
    page.getByRole('radiogroup', { name: 'Shown as', exact: true }).getByRole('radio', { name }),
  encrypt: page.getByRole('button', { name: 'Encrypt', exact: true }),
  decrypt: page.getByRole('button', { name: 'Decrypt', exact: true }),
  toDecrypt: page.getByRole('button', { name: 'Use in Decrypt' }),
  toEncrypt: page.getByRole('button', { name: 'Use in Encrypt' }),
  source: page.getByRole('textbox', { name: 'Source ciphertext', exact: true }),
  sourceContext: page.getByRole('textbox', { name: 'Source context' }),
  destination: page.getByRole('combobox', { name: /^Destination key(?!: Find)/ }),
  destinationContext: page.getByRole('textbox', { name: 'Destination context' }),
  reEncrypt: page.getByRole('button', { name: 'Re-encrypt', exact: true }),
  toReEncrypt: page.getByRole('button', { name: 'Use in Re-encrypt' }),
  size: (name: RegExp) => page.getByRole('radiogroup', { name: 'Size' }).getByRole('radio', { name }),
  numberOfBytes: page.getByRole('textbox', { name: 'Number of bytes' }),
  generate: page.getByRole('button', { name: 'Generate data key' }),
  plaintextKey: page.getByRole('textbox', { name: 'Plaintext key' }),
  encryptedKey: page.getByRole('textbox', { name: 'Encrypted key' }),
  message: page.getByRole('textbox', { name: 'Message', exact: true }),
  digest: page.getByRole('textbox', { name: 'Digest', exact: true }),
  signature: page.getByRole('textbox', { name: 'Signature', exact: true }),
  hmac: page.getByRole('textbox', { name: 'HMAC', exact: true }),
  hash: page.getByRole('combobox', { name: 'Hash algorithm' }),
  prehashed: page.getByRole('checkbox', { name: /^Prehashed/ }),
  sign: page.getByRole('button', { name: 'Sign', exact: true }),
  verify: page.getByRole('button', { name: 'Verify', exact: true }),
  verifyOffline: page.getByRole('button', { name: 'Verify offline', exact: true }),
  computeHmac: page.getByRole('button', { name: 'Compute HMAC' }),
  verifyHmac: page.getByRole('button', { name: 'Verify HMAC', exact: true }),
  toVerify: page.getByRole('button', { name: 'Use in Verify', exact: true }),
  toVerifyHmac: page.getByRole('button', { name: 'Use in Verify HMAC' }),
  inCloud: page.getByRole('region', { name: 'Verified by Thalassa Cloud' }),
  inBrowser: page.getByRole('region', { name: /^Verified in this browser/ }),
  tab: (name: string) => page.getByRole('tab', { name, exact: true }),
  /** Waits for the tab: several tabs have fields of the same name. */
  isOn: (name: string) => expect(page.getByRole('tab', { name, exact: true })).toHaveAttribute('aria-selected', 'true'),
  key: page.getByRole('combobox', { name: /^Key/ }),
  failure: page.getByRole('main').getByRole('alert'),
  requests: page.getByRole('region', { name: 'History' }).getByRole('row'),
})

/** A signature or HMAC with the last bit of its body flipped. */
export function withLastBitFlipped(envelope: string): string {
  const at = envelope.lastIndexOf(':') + 1
  const body = Buffer.from(envelope.slice(at), 'base64')
  body.writeUInt8(body.readUInt8(body.length - 1) ^ 1, body.length - 1)
  return envelope.slice(0, at) + body.toString('base64')
}

/** Everything that the browser stores outside the page's memory, as one text. */
export const keptByBrowser = (page: Page): Promise<string> =>
  page.evaluate(async () =>
    JSON.stringify([
      { ...localStorage },
      { ...sessionStorage },
      history.state,
      location.href,
      document.title,
      document.cookie,
      await indexedDB.databases(),
      await caches.keys(),
    ]),
  )

export const newKey = (api: GatewayClient, keyType = 'aes256-gcm96') =>
  api.thalassa.create({ name: uniqueName('play'), keyType })
export const newExoscaleKey = (api: GatewayClient) => api.exoscale.create({ name: uniqueName('play') })
