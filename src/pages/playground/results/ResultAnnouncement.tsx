import { count } from '../../../lib/numbers.ts'
import { LiveRegion } from '../../../ui/LiveRegion.tsx'
import type { PlaygroundOperation } from '../../shared/operations.ts'
import type { PlaygroundState } from '../playground-state.ts'

const made = (what: string, { keyVersion }: { readonly keyVersion?: number }) =>
  keyVersion === undefined ? `${what}.` : `${what} with version ${keyVersion}.`

const found = (noun: string, valid: boolean) => `The ${noun} ${valid ? 'matches' : 'does not match'}.`

/** What the browser found; a verdict of its own beside the cloud's. */
function offlineWords({ verify: { offline } }: PlaygroundState): string {
  if (offline.state !== 'done' || 'malformed' in offline.answer) return ''
  const { answer } = offline
  return 'unsupported' in answer ? answer.unsupported : `Offline: ${found('signature', answer.valid)}`
}

function words(bench: PlaygroundState, operation: PlaygroundOperation): string {
  const { encrypt, decrypt, reEncrypt, dataKey, sign, verify, hmac, verifyHmac } = bench
  switch (operation) {
    case 'encrypt':
      return encrypt.outcome.state === 'done' ? made('Encrypted', encrypt.outcome.answer) : ''
    case 'decrypt':
      return decrypt.outcome.state === 'done'
        ? `Decrypted: ${count(decrypt.outcome.answer.plaintext.length, 'byte')}.`
        : ''
    case 'reEncrypt':
      return reEncrypt.outcome.state === 'done'
        ? `Re-encrypted for ${reEncrypt.destination?.name ?? 'this key’s newest version'}.`
        : ''
    case 'dataKey':
      return dataKey.outcome.state === 'done'
        ? `Data key generated: ${count(dataKey.outcome.answer.plaintext.length, 'byte')}. Its plaintext is masked.`
        : ''
    case 'sign':
      return sign.outcome.state === 'done' ? made('Signed', sign.outcome.answer) : ''
    case 'hmac':
      return hmac.outcome.state === 'done' ? made('HMAC computed', hmac.outcome.answer) : ''
    case 'verify': {
      const online = verify.outcome.state === 'done' ? found('signature', verify.outcome.answer.valid) : ''
      return [online, offlineWords(bench)].filter(Boolean).join(' ')
    }
    case 'verifyHmac':
      return verifyHmac.outcome.state === 'done' ? found('HMAC', verifyHmac.outcome.answer.valid) : ''
  }
}

/** Results for screen readers; failures announce themselves. */
export function ResultAnnouncement({ bench, operation }: { bench: PlaygroundState; operation: PlaygroundOperation }) {
  return <LiveRegion>{words(bench, operation)}</LiveRegion>
}
