import { rfc, type SpecLink } from '../spec.ts'

/**
 * The link for a section that a lesson names, such as `RFC 6749 4.4.2`; `null` for another text, which is shown as it is. The
 * section is as the author of the lesson has it: those of the built-in ones are among the sections of this project.
 */
export function sectionLink(text: string): SpecLink | null {
  const [, number, section] = /^RFC (\d{4}) (\d+(?:\.\d+)*|[A-Z](?:\.\d+)*)$/.exec(text) ?? []
  if (number === undefined || section === undefined) return null
  return rfc(Number(number) as 6749, section as '4.4')
}
