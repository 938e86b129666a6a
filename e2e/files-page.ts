/** Page object of the playground's tab File. */
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { Download, Page } from '@playwright/test'

export const filesUrl = (key?: string, tab?: 'decrypt') =>
  `/playground?${new URLSearchParams({ op: 'file', ...(key ? { key } : {}), ...(tab ? { tab } : {}) })}`

export const screen = (page: Page) => ({
  key: page.getByRole('combobox', { name: /^Key/ }),
  toEncrypt: page.getByLabel('File to encrypt'),
  toDecrypt: page.getByLabel('File to decrypt'),
  encrypt: page.getByRole('button', { name: 'Encrypt', exact: true }),
  decrypt: page.getByRole('button', { name: 'Decrypt', exact: true }),
  cancel: page.getByRole('button', { name: 'Cancel', exact: true }),
  saveAgain: page.getByRole('button', { name: 'Save again' }),
  tab: page.getByRole('tab', { name: 'File', exact: true }),
  toEncryption: page.getByRole('radio', { name: 'Encrypt a file' }),
  toDecryption: page.getByRole('radio', { name: 'Decrypt a file' }),
  progress: page.getByRole('progressbar'),
  failure: page.getByRole('main').getByRole('alert'),
  announced: (text: string | RegExp) => page.getByRole('status').filter({ hasText: text }),
})

export const asFile = (name: string, buffer: Buffer) => ({ name, mimeType: 'application/octet-stream', buffer })

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/** Content of a downloaded file. */
export const savedBytes = async (download: Promise<Download>): Promise<Buffer> =>
  readFile(await (await download).path())

/** Names of the results in the browser's file system. */
export const keptResults = (page: Page): Promise<string[]> =>
  page.evaluate(async () => {
    const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('file-results', { create: true })
    const names: string[] = []
    for await (const name of folder.keys()) names.push(name)
    return names
  })

/** Encrypts a file on the page, and returns the encrypted file. */
export async function encryptOnPage(page: Page, name: string, bytes: Buffer): Promise<Buffer> {
  const files = screen(page)
  await files.toEncrypt.setInputFiles(asFile(name, bytes))
  const download = page.waitForEvent('download')
  await files.encrypt.click()
  return savedBytes(download)
}
