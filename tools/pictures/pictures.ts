/** Pictures in README and docs, each in light and dark. */
export interface Picture {
  /** `NAME-light.png` and `NAME-dark.png` in `docs/images`. */
  readonly name: string
  /** Name of a screen in `screens.ts`. */
  readonly screen: string
  /** Width in CSS pixels; pages show 830, so that wider pictures are hard to read. */
  readonly width: number
  readonly height: number
}

export const pictures: readonly Picture[] = [
  { name: 'readme-overview', screen: 'overview', width: 1040, height: 674 },
  { name: 'readme-keys', screen: 'keys-due', width: 1000, height: 640 },
  { name: 'readme-playground', screen: 'playground', width: 1040, height: 720 },
  { name: 'create', screen: 'create', width: 1000, height: 640 },
]
