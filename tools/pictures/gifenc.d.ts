/** What is used of gifenc, which comes without types. Pixels are four bytes each: red, green, blue, alpha. */
declare module 'gifenc' {
  type Palette = number[][]
  interface FrameOptions {
    /** The first frame's is that of all. */
    palette?: Palette
    /** Milliseconds. */
    delay: number
    /** The place in the palette of what shows the frame before. */
    transparent?: boolean
    transparentIndex?: number
    /** 1 leaves the frame in place for the next one. */
    dispose?: number
  }
  interface Encoder {
    writeFrame(index: Uint8Array, width: number, height: number, options: FrameOptions): void
    finish(): void
    bytes(): Uint8Array
  }
  const gifenc: {
    quantize(rgba: Uint8Array, colors: number): Palette
    GIFEncoder(): Encoder
  }
  export = gifenc
}
