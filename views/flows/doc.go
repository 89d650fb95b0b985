// Package flows draws the flows board: the palette of actions, the four flows
// with their nine lanes, and the cards in them. The page is complete without a
// script; the element flows-board in static/src/board makes it move.
package flows
