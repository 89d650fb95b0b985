// Command build bundles static/src into static/dist. It is run by
// go generate ./static and uses esbuild as a library, so that no Node is
// needed; the npm packages below static/node_modules are, for the editor.
package main
