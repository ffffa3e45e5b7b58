import { fileURLToPath } from 'node:url'

/** The folder with the static files of the page, as an absolute path: `app.use('/playground', express.static(directory))`. */
export const directory: string = fileURLToPath(new URL('../dist', import.meta.url))
