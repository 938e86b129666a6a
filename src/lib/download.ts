/** Saves bytes as a file, without a server seeing them. */
export function download(name: string, content: Uint8Array<ArrayBuffer> | string): void {
  const url = URL.createObjectURL(new Blob([content], { type: 'application/octet-stream' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The click only starts the download; the address must outlive this task.
  setTimeout(() => URL.revokeObjectURL(url))
}
