// Package jsonwindow walks one JSON document of any size in a single pass: a Window slides
// over the text, and a Lexer skips what is not needed and captures the rest as Spans,
// without building anything. Its errors name the byte and the JSON path.
//
// What is not here: which keys are wanted, and what they mean.
package jsonwindow
