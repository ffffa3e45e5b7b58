/** The least that gets a token and shows it, as an engineer would write it by hand; the page is compared with it. */
export const oneFilePage = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Client credentials</title>
<style>
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
label, input { display: block; width: 100%; box-sizing: border-box }
input { font: inherit; padding: .3rem; margin-bottom: .75rem }
pre { background: #f4f4f4; padding: 1rem; white-space: pre-wrap; overflow-wrap: anywhere }
</style>
<h1>Client credentials</h1>
<form>
  <label for="endpoint">Token endpoint</label><input id="endpoint" value="https://localhost:5001/master/token">
  <label for="id">Client ID</label><input id="id" value="m2m">
  <label for="secret">Client secret</label><input id="secret" type="password">
  <label for="scope">Scope</label><input id="scope" value="read">
  <button>Get token</button>
</form>
<h2>Request</h2><pre id="request"></pre>
<h2>Response</h2><pre id="response" aria-label="Raw response"></pre>
<h2>Access token</h2><pre id="token" aria-label="Access token"></pre>
<h2>Decoded</h2><pre id="decoded"></pre>
<script>
const $ = (id) => document.getElementById(id)
const decode = (part) => {
  const bytes = Uint8Array.from(atob(part.replace(/-/g, '+').replace(/_/g, '/')), (c) => c.charCodeAt(0))
  return JSON.stringify(JSON.parse(new TextDecoder().decode(bytes)), null, 2)
}
document.querySelector('form').onsubmit = async (event) => {
  event.preventDefault()
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: $('id').value,
    client_secret: $('secret').value,
    scope: $('scope').value,
  })
  $('request').textContent = 'POST ' + $('endpoint').value + '\\n\\n' + body
  try {
    const response = await fetch($('endpoint').value, { method: 'POST', body })
    const text = await response.text()
    $('response').textContent = response.status + ' ' + response.statusText + '\\n\\n' + text
    const { access_token } = JSON.parse(text)
    const [header, payload] = access_token.split('.')
    $('decoded').textContent = decode(header) + '\\n' + decode(payload)
    $('token').textContent = access_token
  } catch (error) {
    $('response').textContent = error
  }
}
</script>
</html>
`
