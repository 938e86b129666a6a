/** The pictures that README and docs show, each in light and dark. */
export interface Picture {
  /** `NAME-light.png` and `NAME-dark.png` in `docs/images`. */
  readonly name: string
  /** Of `screens.ts`. */
  readonly screen: string
  /** CSS pixels; a page shows 830 of them beside each other, so that wide pictures can't be read there. */
  readonly width: number
  readonly height: number
}

export const pictures: readonly Picture[] = [
  { name: 'readme-overview', screen: 'overview', width: 1040, height: 674 },
  { name: 'readme-keys', screen: 'keys-due', width: 1000, height: 640 },
  { name: 'readme-playground', screen: 'playground', width: 1040, height: 720 },
  { name: 'create', screen: 'create', width: 1000, height: 640 },
]
