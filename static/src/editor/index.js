import { Check } from './check.js'
import { divide } from './divider.js'
import { Drafts } from './drafts.js'
import './element.js'
import { offerRename } from './rename-offer.js'
import { followPlaces, TestRun } from './run.js'
import { enhanceResult } from './result.js'
import { SaveState } from './save.js'
import { enhanceTabs } from './tabs.js'

const form = document.querySelector('form[data-editor]')
if (form) start(form)
enhanceResult(document)

function start(form) {
  const find = (selector) => document.querySelector(selector)
  const editor = form.querySelector('action-editor')
  let drafts
  const state = new SaveState(form, () => drafts?.clear())
  if (form.dataset.draft) drafts = new Drafts(form, state, find('[data-draft-notice]'))
  const run = new TestRun(form, find('[data-run]'))
  if (find('[data-check]')) new Check(form, find('[data-check]'))
  followPlaces(document.body, form)
  offerRename(form, editor, find('[data-rename]'))
  enhanceTabs(find('[role=tablist]'))
  divide(find('.editor-page'), find('[role=separator]'))

  form.elements.name.addEventListener('input', () => { editor.label = form.dataset.label.replace('{name}', form.elements.name.value) })
  // Elements outside of the form belong to it by their form attribute.
  for (const field of form.elements) if (!form.contains(field)) field.addEventListener('input', () => form.dispatchEvent(new Event('input')))

  form.addEventListener('submit', (event) => {
    if (event.submitter?.hasAttribute('data-run')) {
      event.preventDefault()
      return run.press()
    }
    if (form.dataset.editor === 'new' || event.submitter?.hasAttribute('formaction')) {
      state.leaving = true
      return
    }
    event.preventDefault()
    state.save()
  })
  document.addEventListener('keydown', (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return
    if (event.key === 'Enter') take(event, () => run.press())
    if (event.key.toLowerCase() === 's') take(event, () => find('[data-save]').click())
  }, true)
}

function take(event, act) {
  event.preventDefault()
  event.stopPropagation()
  act()
}
