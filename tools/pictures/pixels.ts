/** Screenshots as small files: PNG and GIF with a palette. */
import { decode, encode } from 'fast-png'
import gifenc from 'gifenc'

const { quantize, GIFEncoder } = gifenc

export interface Pixels {
  readonly width: number
  readonly height: number
  /** Pixels as numbers: red + green · 2⁸ + blue · 2¹⁶. */
  readonly colours: Uint32Array
}

type Palette = number[][]

/** @param png screenshot without transparent pixels */
export function pixelsOf(png: Uint8Array): Pixels {
  const { width, height, data, channels } = decode(png)
  const at = (place: number) => data[place] ?? 0
  const colours = Uint32Array.from({ length: width * height }, (_, pixel) => {
    const place = pixel * channels
    return at(place) | (at(place + 1) << 8) | (at(place + 2) << 16)
  })
  return { width, height, colours }
}

const partsOf = (colour: number): [number, number, number] => [colour & 255, (colour >> 8) & 255, colour >> 16]

/** Palette: exact for the most frequent colours, which fill areas; approximate for others, such as edges of letters. */
function paletteOf(pictures: readonly Pixels[], size: number): Palette {
  const counts = new Map<number, number>()
  for (const { colours } of pictures) for (const colour of colours) counts.set(colour, (counts.get(colour) ?? 0) + 1)
  const known = [...counts].sort(([a, often], [b, oftenToo]) => oftenToo - often || a - b).map(([colour]) => colour)
  const exact = known.slice(0, known.length > size ? size / 2 : size)
  const others = new Uint8Array(known.slice(exact.length).flatMap((colour) => [...partsOf(colour), 255]))
  const rest = others.length === 0 ? [] : quantize(others, size - exact.length)
  return [...exact.map(partsOf), ...rest]
}

/** Finds the nearest colour of the palette for each pixel. */
function indexerOf(palette: Palette): (pixels: Pixels) => Uint8Array {
  const found = new Map<number, number>()
  const nearest = (colour: number) => {
    const [red, green, blue] = partsOf(colour)
    const distances = palette.map(([r = 0, g = 0, b = 0]) => (r - red) ** 2 + (g - green) ** 2 + (b - blue) ** 2)
    const index = distances.indexOf(Math.min(...distances))
    found.set(colour, index)
    return index
  }
  return ({ colours }) => Uint8Array.from(colours, (colour) => found.get(colour) ?? nearest(colour))
}

/** Picture reduced to 256 colours: a third of the size, without visible difference. */
export function smallPng(png: Uint8Array): Uint8Array {
  const pixels = pixelsOf(png)
  const { width, height } = pixels
  const palette = paletteOf([pixels], 256)
  const data = indexerOf(palette)(pixels)
  return encode({ width, height, data, palette, channels: 1, depth: 8 }, { zlib: { level: 9 } })
}

export interface Frame extends Pixels {
  /** Milliseconds. */
  readonly delay: number
}

/**
 * Frames of one size as a GIF that repeats; only pixels that change are written.
 * @param size number of colours, even
 */
export function gifOf(frames: readonly Frame[], size: number): Uint8Array {
  const palette = paletteOf(frames, size - 2)
  const indexOf = indexerOf(palette)
  const unchanged = palette.length
  const gif = GIFEncoder()
  let before: Uint8Array | undefined
  for (const frame of frames) {
    const { width, height, delay } = frame
    const index = indexOf(frame)
    const last = before
    const pixels = last ? index.map((colour, place) => (colour === last[place] ? unchanged : colour)) : index
    const first = last ? {} : { palette: [...palette, [0, 0, 0]] }
    gif.writeFrame(pixels, width, height, {
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
