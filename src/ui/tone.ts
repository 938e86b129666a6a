export type Tone = 'ok' | 'warning' | 'danger' | 'info' | 'accent'
