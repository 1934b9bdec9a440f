// What the preview uses of CodeMirror: see README.md for how codemirror.js is made of this.
export { EditorState, StateEffect, StateField, RangeSetBuilder, Prec } from '@codemirror/state';
export { EditorView, Decoration, ViewPlugin, WidgetType, keymap, drawSelection, placeholder } from '@codemirror/view';
export { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
