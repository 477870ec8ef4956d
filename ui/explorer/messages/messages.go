// Package messages keeps what the explorer said: every toast and warning of a session,
// and the overlay that shows them. A toast is never the only place.
package messages

import (
	"slices"
	"time"
)

// most is how many messages are kept; older ones are counted.
const most = 1000

// Message is something that was said.
type Message struct {
	At      time.Time // of the last time
	Text    string    // may have several lines
	Warning bool      // stays unread until the log is opened
	Times   int       // in a row
}

// Log is what was said so far.
type Log struct {
	list    []Message
	dropped int // older than the oldest
	unread  int // warnings since the log was opened
}

// Add keeps a message. One that is repeated at once is counted.
func (l *Log) Add(at time.Time, text string, warning bool) {
	if warning {
		l.unread++
	}
	if n := len(l.list); n > 0 && l.list[n-1].Text == text && l.list[n-1].Warning == warning {
		l.list[n-1].At = at
		l.list[n-1].Times++
		return
	}
	if len(l.list) == most {
		l.list = append(l.list[:0:0], l.list[1:]...)
		l.dropped++
	}
	l.list = append(l.list, Message{at, text, warning, 1})
}

// Unread counts warnings since the log was opened.
func (l *Log) Unread() int { return l.unread }

// Has reports that something was said already.
func (l *Log) Has(text string) bool {
	return slices.ContainsFunc(l.list, func(m Message) bool { return m.Text == text })
}
