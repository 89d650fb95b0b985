// Package static holds the scripts, styles and pictures of the console, ready
// to serve: bundled, minified and named after their content.
//
// Sources are in static/src: js/<entry>.js for each entry, js/lib for what they
// share, css/<area>.css for each area, img/icons.svg for the icons. The command
// in static/build bundles them with esbuild into static/dist, which is
// committed, so that neither Node nor the npm packages are needed to build or
// run the server:
//
//	go generate ./static
//
// Only the editor needs the npm packages to be bundled: npm ci --prefix static.
//
// A template names a file as it is called in the sources, and gets the address
// with the fingerprint: static.URL("css/app.css"), static.URL("js/board.js"),
// static.URL("img/icons.svg"). Styles are imported by css/app.css, one file per
// area, each inside one of the layers reset, tokens, base, layout, components
// and utilities. A script directly in src/js is an entry of its own.
//
// Licences of what the bundles contain are in licenses.txt. The package imports
// the standard library only.
package static
