import { createContext } from 'svelte'

/** Puts text on the clipboard; `false` when the browser would not. */
export type CopyText = (text: string) => Promise<boolean>

export const [useCopyText, provideCopyText] = createContext<CopyText>()
