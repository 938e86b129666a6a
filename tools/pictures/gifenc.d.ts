/** Types of the used part of gifenc. Pixels are four bytes each: red, green, blue, alpha. */
declare module 'gifenc' {
  type Palette = number[][]
  interface FrameOptions {
    /** Palette; the first frame's applies to all. */
    palette?: Palette
    /** Milliseconds. */
    delay: number
    /** Palette index of transparent pixels, which show the previous frame. */
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
