package explorer

import (
	tea "github.com/charmbracelet/bubbletea"

	"darkroom/model/lineage"
	"darkroom/ui/explorer/browse"
	"darkroom/ui/explorer/downstream"
	"darkroom/ui/explorer/messages"
	"darkroom/ui/explorer/overlay"
	"darkroom/ui/explorer/view"
	"darkroom/ui/explorer/yank"
)

// Actions that other code knows by name: quit and suspend work on every screen.
const (
	quitName    = "quit"
	suspendName = "suspend"
	clearName   = "filter.clear"
	helpName    = "help"

	messagesName = "messages"
)

// endless is further than any list.
const endless = 1 << 30

func (a *App) moveActions() []view.Action {
	type act = view.Action
	by := func(name, title string, rows func() int, keys ...string) act {
		return act{Name: name, Keys: keys, Group: view.GroupMove, Title: title, Do: view.Still(func() { a.scrollOrMove(rows()) })}
	}
	fixed := func(n int) func() int { return func() int { return n } }
	return []act{
		by("move.down", "next row", fixed(1), "down", "j"),
		by("move.up", "previous row", fixed(-1), "up", "k"),
		by("move.page-down", "one page down", a.page, "pgdown", "ctrl+f"),
		by("move.page-up", "one page up", func() int { return -a.page() }, "pgup", "ctrl+b"),
		by("move.half-down", "half a page down", func() int { return (a.page() + 1) / 2 }, "ctrl+d"),
		by("move.half-up", "half a page up", func() int { return -(a.page() + 1) / 2 }, "ctrl+u"),
		by("move.top", "first row", fixed(-endless), "home", "g"),
		by("move.bottom", "last row", fixed(endless), "end", "G"),
	}
}

func (a *App) findActions() []view.Action {
	const group = view.GroupFind
	return []view.Action{
		{Name: "filter", Keys: []string{"/"}, Group: group, Title: "filter: words, `owner:` `views:>1k` `updated:<90d` `-tag:` and other fields, `+model` `model+`", Hint: "filter", Do: a.startFilter},
		{Name: clearName, Keys: []string{"esc"}, Group: group, Title: "stop what is awaited; clear the filter; end a range; close the top window", Do: a.escape},
		{Name: "filter.next", Keys: []string{"n"}, Group: group, Title: "next hit", Why: a.noFilter, Do: view.Still(func() { a.view.NextHit(1) })},
		{Name: "filter.previous", Keys: []string{"N"}, Group: group, Title: "previous hit", Why: a.noFilter, Do: view.Still(func() { a.view.NextHit(-1) })},
		{Name: "filter.upstream", Keys: []string{","}, Group: group, Title: "show only what this row depends on", Why: a.noNode, Do: a.showUpstream},
		{Name: "filter.downstream", Keys: []string{"."}, Group: group, Title: "show only what depends on this row", Why: a.noneDownstream, Do: a.showDownstream},
		{Name: "palette", Keys: []string{":", "ctrl+p"}, Group: group, Title: "find a command by name and run it", Do: a.menu("Commands")},
	}
}

func (a *App) showActions() []view.Action {
	const group = view.GroupShow
	var acts []view.Action
	for _, v := range a.views {
		info := v.Info()
		acts = append(acts, view.Action{
			Name: viewAction(v), Keys: []string{a.viewNumber(v)}, Group: group, Title: info.Title + ": " + info.About,
			Do: func() tea.Cmd { return a.visit(v) },
		})
	}
	acts = append(acts, view.Action{Name: "view.other", Keys: []string{"t"}, Group: group, Title: "show this dashboard or model in the other view", Hint: "other view", Why: a.noOtherView, Do: a.goToOtherView})
	acts = append(acts, downstream.Actions(downstream.Needs{
		Host: a.host, View: a.seen, Context: a.ctx, Pending: &a.pending, Busy: func() bool { return a.overlays.Top() != nil },
		GoTo: func(id lineage.ID) { a.goTo(a.homeOf(view.HomeOfDashboards), id) },
	})...)
	return append(acts,
		view.Action{Name: "lineage", Keys: []string{"L"}, Group: group, Title: "draw the lineage of what is under the cursor: a model, a dashboard, an exposure", Why: a.noLineage, Do: a.showLineage},
		view.Action{Name: "pane.focus", Keys: []string{"tab"}, Group: group, Title: "go to the details and back", Hint: "details", Do: view.Still(func() { a.focusDetails(!a.panes.InDetails) })},
		view.Action{Name: "pane.zoom", Keys: []string{"z"}, Group: group, Title: "show the pane full screen, and back", Do: view.Still(func() { a.panes.Zoomed = !a.panes.Zoomed })},
		view.Action{Name: "pane.narrower", Keys: []string{"<"}, Group: group, Title: "make the tree smaller", Do: view.Still(func() { a.panes.SetShare(a.panes.Share - 5) })},
		view.Action{Name: "pane.wider", Keys: []string{">"}, Group: group, Title: "make the tree larger", Do: view.Still(func() { a.panes.SetShare(a.panes.Share + 5) })},
		view.Action{Name: "theme", Keys: []string{"T"}, Group: group, Title: "next theme: dark, light, for colour-blind eyes, 16 colours, none", Do: a.nextTheme},
		view.Action{Name: helpName, Keys: []string{"?"}, Group: group, Title: "all keys; type to search, enter runs", Hint: "help", Do: a.menu("Keys", a.host.Legend()...)},
		a.tour.Action(),
		view.Action{Name: messagesName, Keys: []string{"!"}, Group: group, Title: "all messages of this session, with warnings not read yet", Do: view.Still(func() { a.host.Push(messages.Show(a.host, &a.log)) })},
		view.Action{Name: "explain", Keys: []string{"p"}, Group: group, Title: "the proof: why a dashboard or table is or is not linked", Hint: "proof", Why: a.noProof, Do: view.Still(a.openProof)},
	)
}

func (a *App) fileActions() []view.Action {
	const group = view.GroupFiles
	return []view.Action{
		{Name: "write", Keys: []string{"w"}, Group: group, Title: "show what would change in the YAML, then write it", Hint: "write", Why: a.cannotWrite, Do: a.startWrite},
		{Name: "diff", Keys: []string{"d"}, Group: group, Title: "show what would change in the exposure of this dashboard", Why: a.noDiff, Do: a.startDiff},
		{Name: "sync", Keys: []string{"r"}, Group: group, Title: "fetch metadata and read all files again, in the background", Hint: "sync", Why: a.cannotSync, Do: a.startSync},
		{Name: "sync.show", Keys: []string{"R"}, Group: group, Title: "progress of the sync, stop it; result of the last one", Why: a.noSync, Do: view.Still(a.showSync)},
		browse.Action(browse.Needs{Host: a.host, View: a.seen, Open: func(url string) error { return a.backend.OpenURL(url) }}),
		{Name: "copy", Keys: []string{"y"}, Group: group, Title: "copy: then a key for name, id, address, `ref()`, YAML, path, Markdown link, `dbt build`", Why: func() string { return yank.Unable(a.host, a.view) }, Do: view.Still(func() { yank.Open(a.host, a.view) })},
		{Name: suspendName, Keys: []string{"ctrl+z"}, Group: group, Title: "suspend; `fg` in the shell comes back", Why: a.cannotSuspend, Do: a.suspend},
		{Name: quitName, Keys: []string{"q", "ctrl+c"}, Group: group, Title: "quit; every decision is already saved", Hint: "quit", Do: a.quit},
	}
}

func (a *App) nextTheme() tea.Cmd {
	a.details.Stale()
	if name := a.opt.Theme.Next(); name != "" {
		return a.say("theme: " + string(name))
	}
	return a.say("this terminal shows no colours; CLICOLOR_FORCE=1 uses 16 all the same")
}

func (a *App) suspend() tea.Cmd { return a.opt.Suspend }

func (a *App) cannotSuspend() string {
	if a.opt.Suspend == nil {
		return "this system does not suspend programs"
	}
	return ""
}

// menu opens all actions as a list.
func (a *App) menu(title string, legend ...view.Hint) func() tea.Cmd {
	return view.Still(func() {
		a.host.Push(overlay.NewMenu(a.host, title, a.registry.List(), a.run).WithLegend(legend))
	})
}
