/** ASN.1 DER of a raw ECDSA signature, for the tests: each half as an INTEGER in its shortest form. */
export function derOf(raw: Uint8Array): Uint8Array<ArrayBuffer> {
  const integer = (half: Uint8Array) => {
    const start = half.findIndex((byte) => byte !== 0)
    const digits = start < 0 ? [0] : [...half.subarray(start)]
    const content = (digits[0] ?? 0) < 0x80 ? digits : [0, ...digits]
    return [0x02, content.length, ...content]
  }
  const body = [...integer(raw.subarray(0, raw.length / 2)), ...integer(raw.subarray(raw.length / 2))]
  return Uint8Array.of(0x30, ...(body.length < 0x80 ? [body.length] : [0x81, body.length]), ...body)
}
