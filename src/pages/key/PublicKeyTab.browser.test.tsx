/** Public keys that a provider gives in some statuses only, and long ones. */
import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { queryClient } from '../../app/query-client.ts'
import type { KmsKey } from '../../clouds/model.ts'
import { queries } from '../../clouds/queries.ts'
import { answerCalls } from '../../clouds/testing/answers.ts'
import { toPem } from '../../lib/pem.ts'
import { expectAccessible } from '../../testing/accessibility.ts'
import { render } from '../../testing/render.tsx'
import { expectNoOverflow, narrowWindow } from '../../testing/window.ts'
import { opaqueRsaKey, opaqueSigningKey } from '../shared/testing/provider-keys.ts'
import { PublicKeyTab } from './PublicKeyTab.tsx'

const publicKey = page.getByRole('textbox', { name: 'Public key of version 1' })

const open = (key: KmsKey) =>
  render(
    <main className="px-(--gutter)">
      <PublicKeyTab kmsKey={key} versions={[]} now={0} />
    </main>,
  )

test.each([
  ['disabled', 'The key is disabled. Enable it first.'],
  ['pending-deletion', 'The key is pending deletion. Cancel the deletion first.'],
])(
  'where the provider refuses it to a key that is %s, the reason stands in the place of a call',
  async (status, reason) => {
    const sent = answerCalls({}, 'none')
    open({ ...opaqueSigningKey('ECC_NIST_P256'), status })
    await expect.element(page.getByRole('heading', { name: 'The public key can’t be read now' })).toBeVisible()
    await expect.element(page.getByText(reason)).toBeVisible()
    await expectAccessible()
    expect(sent).toEqual([])
  },
)

test('what was read stays when the key is disabled', async () => {
  const key = opaqueRsaKey
  queryClient.setQueryData(queries.publicKeys(key).queryKey, new Map([[1, toPem(new Uint8Array(422))]]))
  open({ ...key, status: 'disabled' })
  await expect.element(publicKey).toMatchTextContent(/BEGIN PUBLIC KEY/)
  await expect.element(page.getByText('RSA, 3072 bits')).toBeVisible()
  await expect.element(page.getByText(/It encrypts without the KMS; only the KMS decrypts\./)).toBeVisible()
  await expect.element(page.getByRole('link', { name: 'Verify in playground' })).not.toBeInTheDocument()
})

test('a long public key scrolls inside its field, at 390 px too', async () => {
  await narrowWindow()
  const key = opaqueSigningKey('ML_DSA_87')
  // SubjectPublicKeyInfo of ML-DSA-87: 22 bytes before the key.
  queryClient.setQueryData(queries.publicKeys(key).queryKey, new Map([[1, toPem(new Uint8Array(22 + 2592))]]))
  open(key)
  await expect.element(page.getByText('ML-DSA-87')).toBeVisible()
  const field = publicKey.element()
  expect(field.scrollHeight).toBeGreaterThan(field.clientHeight)
  expect(field.clientHeight).toBeLessThan(400)
  await expectAccessible()
  await expectNoOverflow()
})
