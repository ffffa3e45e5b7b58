/**
 * Lets a button of a form submit it by a click alone: where the frame of the page is sandboxed without `allow-forms`, the
 * browser drops the submission that would follow. Enter in a field clicks the button, too.
 * @see https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#form-submission-algorithm
 */
export function submitByClick(): void {
  addEventListener('click', (event) => {
    const button = event.target instanceof Element && event.target.closest('button')
    if (!button || button.type !== 'submit' || !button.form || event.defaultPrevented) return
    event.preventDefault()
    const bubbling = { bubbles: true, cancelable: true, submitter: button }
    button.form.dispatchEvent(new SubmitEvent('submit', bubbling))
  })
}
