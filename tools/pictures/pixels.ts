/** Screenshots as small files: PNG and GIF with a palette. */
import { decode, encode } from 'fast-png'
import gifenc from 'gifenc'

const { applyPalette, quantize, GIFEncoder } = gifenc

export interface Pixels {
  readonly width: number
  readonly height: number
  /** Four bytes each. */
  readonly rgba: Uint8Array
}

/** @param png a screenshot, which has no transparent pixels */
export function pixelsOf(png: Uint8Array): Pixels {
  const { width, height, data, channels } = decode(png)
  const rgba = new Uint8Array(width * height * 4).fill(255)
  for (let pixel = 0; pixel < width * height; pixel += 1)
    rgba.set(data.subarray(pixel * channels, pixel * channels + 3), pixel * 4)
  return { width, height, rgba }
}

/** The same picture in 256 colours: a third of the size, and no difference that an eye sees. */
export function smallPng(png: Uint8Array): Uint8Array {
  const { width, height, rgba } = pixelsOf(png)
  const palette = quantize(rgba, 256)
  const data = applyPalette(rgba, palette)
  return encode({ width, height, data, palette, channels: 1, depth: 8 }, { zlib: { level: 9 } })
}

export interface Frame extends Pixels {
  /** Milliseconds. */
  readonly delay: number
}

/** Frames of one size as a GIF that repeats; only pixels that change are written. */
export function gifOf(frames: readonly Frame[], colours: number): Uint8Array {
  const palette = quantize(new Uint8Array(Buffer.concat(frames.map(({ rgba }) => rgba))), colours - 1)
  const unchanged = palette.length
  const whole = [...palette, [0, 0, 0]]
  const gif = GIFEncoder()
  let before: Uint8Array | undefined
  for (const { rgba, width, height, delay } of frames) {
    const index = applyPalette(rgba, palette)
    const last = before
    const changes =
      last === undefined ? index : index.map((colour, place) => (colour === last[place] ? unchanged : colour))
    const first = last === undefined ? { palette: whole } : {}
    gif.writeFrame(changes, width, height, {
      ...first,
      delay,
      transparent: true,
      transparentIndex: unchanged,
      dispose: 1,
    })
    before = index
  }
  gif.finish()
  return gif.bytes()
}
