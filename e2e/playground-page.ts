/** The playground as its tests speak of it. */
import type { Page } from '@playwright/test'
import { expect, uniqueName } from './fixtures.ts'
import type { GatewayClient } from './gateway-client.ts'

type Operation = 'encrypt' | 'decrypt'

export const thalassaUrl = ({ identity }: { identity: string }, op: Operation = 'encrypt') =>
  `/playground?key=thalassa/nl-01/${identity}${op === 'encrypt' ? '' : `&op=${op}`}`
export const exoscaleUrl = ({ id }: { id: string }, op: Operation = 'encrypt') =>
  `/playground?key=exoscale/ch-gva-2/${id}${op === 'encrypt' ? '' : `&op=${op}`}`

export const bench = (page: Page) => ({
  plaintext: page.getByRole('textbox', { name: 'Plaintext', exact: true }),
  ciphertext: page.getByRole('textbox', { name: 'Ciphertext', exact: true }),
  context: page.getByRole('textbox', { name: 'Encryption context' }),
  encoding: (name: string) =>
    page.getByRole('radiogroup', { name: 'Encoding', exact: true }).getByRole('radio', { name }),
  contextEncoding: (name: string) =>
    page.getByRole('radiogroup', { name: 'Encoding of the context' }).getByRole('radio', { name }),
  shownAs: (name: string) => page.getByRole('radiogroup', { name: 'Shown as' }).getByRole('radio', { name }),
  encrypt: page.getByRole('button', { name: 'Encrypt', exact: true }),
  decrypt: page.getByRole('button', { name: 'Decrypt', exact: true }),
  toDecrypt: page.getByRole('button', { name: 'Use in Decrypt' }),
  toEncrypt: page.getByRole('button', { name: 'Use in Encrypt' }),
  tab: (name: string) => page.getByRole('tab', { name, exact: true }),
  /** Both tabs have fields of these names, so what follows must wait for the right one. */
  isOn: (name: string) => expect(page.getByRole('tab', { name, exact: true })).toHaveAttribute('aria-selected', 'true'),
  key: page.getByRole('combobox', { name: /^Key/ }),
  failure: page.getByRole('main').getByRole('alert'),
  visits: page.getByRole('region', { name: 'This visit' }).getByRole('row'),
})

export const newKey = (api: GatewayClient, keyType = 'aes256-gcm96') =>
  api.thalassa.create({ name: uniqueName('play'), keyType })
export const newExoscaleKey = (api: GatewayClient) => api.exoscale.create({ name: uniqueName('play') })
