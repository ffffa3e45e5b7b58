import { createContext } from 'svelte'
import type { Hide } from '../../lib/oauth/compose/repeated-secrets.ts'

/** Puts text on the clipboard; `false` when the browser would not. */
export type CopyText = (text: string) => Promise<boolean>

export const [useCopyText, provideCopyText] = createContext<CopyText>()

/** Hands a text over as a file of that name. */
export type Download = (fileName: string, text: string) => void

export const [useDownload, provideDownload] = createContext<Download>()

/** Opens an exchange by its number; whether History still has it. */
type OpenExchange = (id: number) => Promise<boolean>

export const [useOpenExchange, provideOpenExchange] = createContext<OpenExchange>()

/** Masks in what a server says the secrets of the request it responds to. */
export const [useHide, provideHide] = createContext<() => Hide>()

/** Loads the page anew: what is in memory only is gone then. */
export const [useReload, provideReload] = createContext<() => void>()

/** The drawer whose button was pressed last: before the drawers are loaded, the browser finds none to open. */
export const [useAskedDrawer, provideAskedDrawer] = createContext<() => string>()
