import { expect, it } from 'vitest'
import {
  ed25519Key,
  macKey,
  opaqueKey,
  opaqueRsaKey,
  opaqueSigningKey,
  rsaKey,
  versionedKey,
} from '../pages/shared/testing/provider-keys.ts'
import { operationsOf, refusalOf } from './offered-operations.ts'

it('a key is offered what its type can do', () => {
  expect(operationsOf(versionedKey)).toEqual(['encrypt', 'decrypt'])
  expect(operationsOf(opaqueKey)).toEqual(['encrypt', 'decrypt', 'reEncrypt', 'dataKey'])
  expect(operationsOf(opaqueRsaKey)).toEqual(['encrypt', 'decrypt', 'reEncrypt'])
  expect(operationsOf(opaqueSigningKey('RSA_3072'))).toEqual(['sign', 'verify'])
  expect(operationsOf(rsaKey)).toEqual(['encrypt', 'decrypt', 'sign', 'verify'])
  expect(operationsOf(ed25519Key)).toEqual(['sign', 'verify'])
  expect(operationsOf(macKey('hmac'))).toEqual(['hmac', 'verifyHmac'])
})

it('a key of a type from the future is offered all that its cloud has', () => {
  expect(operationsOf({ ...ed25519Key, type: 'slh-dsa-128s', can: [] })).toHaveLength(6)
  expect(operationsOf({ ...opaqueKey, can: [] })).toHaveLength(6)
})

it('what a key can’t do has a reason', () => {
  expect(refusalOf(rsaKey, 'sign')).toBeUndefined()
  expect(refusalOf({ ...rsaKey, status: 'disabled' }, 'verify')).toBe('The key is disabled. Enable it first.')
  expect(refusalOf(ed25519Key, 'encrypt')).toBe('A key of type ed25519 can’t encrypt.')
  expect(refusalOf(versionedKey, 'dataKey')).toBe('Keys of Thalassa Cloud can’t generate data keys.')
  expect(refusalOf(opaqueKey, 'sign')).toBe('A key of type AES_256 can’t sign.')
})
