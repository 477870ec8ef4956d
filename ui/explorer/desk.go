package explorer

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"

	"darkroom/model/curate"
	"darkroom/model/lineage"
	"darkroom/model/outlook"
	"darkroom/ui/explorer/card"
	"darkroom/ui/explorer/overlay"
	"darkroom/ui/explorer/view"
	"darkroom/ui/explorer/yank"
)

// desk is the explorer as views see it: their view.Desk.
type desk struct{ a *App }

func (d desk) Say(message string) tea.Cmd   { return d.a.say(message) }
func (d desk) Warn(message string) tea.Cmd  { return d.a.warn(message) }
func (d desk) Keep(c curate.Change) tea.Cmd { return d.a.curation.Keep(c) }

func (d desk) Meta() curate.Meta {
	return curate.Meta{At: d.a.opt.Now(), By: d.a.by, About: d.a.host.Graph.About}
}

func (d desk) Push(o view.Overlay) { d.a.overlays.Push(o) }
func (d desk) Pop()                { d.a.overlays.Pop() }

func (d desk) Await(text string, answer func(key string) tea.Cmd) {
	d.a.await = &question{text: text, answer: answer}
}

func (d desk) Read(title, about, text string) {
	d.a.overlays.Push(overlay.NewText(d.a.host, title, about, text))
}

func (d desk) Ask(title, help, value string, done func(string) tea.Cmd) {
	d.Push(overlay.NewPrompt(d.a.host, overlay.Prompt{Title: title, Help: help, Done: done}, value))
}

func (d desk) Menu(title string, acts []view.Action) {
	d.Push(overlay.NewMenu(d.a.host, title, acts, d.a.run))
}

func (d desk) Refilter()                                   { d.a.applyFilter() }
func (d desk) Jump(do func())                              { d.a.jump(do) }
func (d desk) Include(keys []string, where string) tea.Cmd { return d.a.curation.Include(keys, where) }

func (d desk) Confirm(n int, what string, do func() tea.Cmd) tea.Cmd {
	return d.a.curation.Confirm(n, what, do)
}

func (d desk) Card(keys []string, at string, goTo func(lineage.ID)) tea.Cmd {
	c, ask := card.Open(card.Needs{
		Host: d.a.host, Keys: keys, Go: goTo, Context: d.a.ctx, Undo: d.a.curation.TakeBack,
		Outlook: func(ctx context.Context, book *curate.Book) (*outlook.Outlook, error) {
			return d.a.backend.Outlook(ctx, book)
		},
	}, at)
	d.Push(c)
	return ask
}

// Copy puts a text on the clipboard.
func (d desk) Copy(what, foreign string) tea.Cmd {
	clean, said, ok := yank.Ready(what, foreign)
	if put := d.a.opt.Copy; ok && put != nil {
		return tea.Batch(d.a.say(said), func() tea.Msg {
			put(clean)
			return nil
		})
	}
	return d.a.say(said)
}
