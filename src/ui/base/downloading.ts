import { createContext } from 'svelte'

/** Hands a text over as a file of that name. */
export type Download = (fileName: string, text: string) => void

export const [useDownload, provideDownload] = createContext<Download>()
