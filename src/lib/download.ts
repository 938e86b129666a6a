/** Saves bytes as a file, without sending them to a server. */
export function download(name: string, content: Uint8Array<ArrayBuffer> | string): void {
  const url = URL.createObjectURL(new Blob([content], { type: 'application/octet-stream' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The click only starts the download; the URL must outlive this task.
  setTimeout(() => URL.revokeObjectURL(url))
}
