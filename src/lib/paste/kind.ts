/** A row of the table of what can be recognised in a pasted text. */
export interface Kind<What extends { readonly kind: string }> {
  readonly kind: What['kind']
  /** `null` for a text that is not clearly of this kind. Gets a text within the bound, and never throws. */
  readonly recognise: (text: string) => What | null
}
