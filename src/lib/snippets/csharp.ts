import { codeOf, escaped, lines, type Syntax } from './code.ts'
import type { Recorded, Renderer, Secrets } from './renderer.ts'

const syntax: Syntax = {
  comment: '//',
  quoted: csharpQuoted,
  plus: ' + ',
  variable: (name) => `Environment.GetEnvironmentVariable("${name}")`,
  formEncoded: (name) => `Form(Environment.GetEnvironmentVariable("${name}"))`,
}

/** C# with HttpClient, as a file of its own. */
export const csharp = { label: 'C#', render } as const satisfies Renderer

function render(recorded: Recorded, secrets: Secrets): string {
  const { parts, encodes, comments, text, body } = codeOf(recorded, secrets, syntax, () => [
    'dotnet run request.cs, from .NET 10 on; before, as Program.cs of a console project',
  ])
  const { method, origin, target, fields } = parts
  const content = body('    ')
  const ofContent = fields.filter(([name]) => describesContent(name))
  return lines(
    comments + 'using System;',
    'using System.Net.Http;',
    'using System.Text;\n',
    content && `var body =\n    ${content};`,
    `var address = new Uri(${text([origin, ...target])},`,
    '    new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });',
    `using var request = new HttpRequestMessage(new HttpMethod(${csharpQuoted(method)}), address);`,
    content || ofContent.length > 0
      ? `request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(${content ? 'body' : '""'}));`
      : null,
    ...fields.map(
      ([name, value]) =>
        `request.${describesContent(name) ? 'Content.' : ''}Headers.TryAddWithoutValidation(${csharpQuoted(name)}, ${text(value)});`,
    ),
    'using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });',
    'using var response = await client.SendAsync(request);',
    'Console.WriteLine(response);',
    'Console.WriteLine(await response.Content.ReadAsStringAsync());',
    encodes
      ? '\nstatic string Form(string? text) => Uri.EscapeDataString(text ?? "").Replace("%20", "+");'
      : null,
  )
}

/** Whether .NET has a field with the content and nowhere else. @see https://learn.microsoft.com/dotnet/api/system.net.http.headers.httpcontentheaders */
const describesContent = (name: string): boolean =>
  /^(?:allow|expires|last-modified|content-(?:disposition|encoding|language|length|location|md5|range|type))$/i.test(
    name,
  )

/** @see https://learn.microsoft.com/dotnet/csharp/language-reference/builtin-types/reference-types#string-literals */
export function csharpQuoted(text: string): string {
  return `"${escaped(text, '"')}"`
}
