package explorer

import tea "github.com/charmbracelet/bubbletea"

func findActions() []Action {
	return []Action{
		{Name: "filter", Keys: []string{"/"}, Group: groupFind, Title: "filter: words, `kind:` `state:` `owner:` `tag:` `collection:` `views:>100`, `+model` `model+`", Hint: "filter", do: (*App).startFilter},
		{Name: "filter.clear", Keys: []string{"esc"}, Group: groupFind, Title: "clear the filter; end a range; close what is on top", do: still((*App).escape)},
		{Name: "filter.next", Keys: []string{"n"}, Group: groupFind, Title: "next hit", reason: (*App).noFilter, do: still(func(a *App) { a.nextHit(1) })},
		{Name: "filter.previous", Keys: []string{"N"}, Group: groupFind, Title: "previous hit", reason: (*App).noFilter, do: still(func(a *App) { a.nextHit(-1) })},
		{Name: "palette", Keys: []string{":", "ctrl+p"}, Group: groupFind, Title: "find a command by name and run it", do: (*App).openPalette},
	}
}

func showActions() []Action {
	show := func(v view) func(*App) tea.Cmd { return still(func(a *App) { a.switchTo(v) }) }
	return []Action{
		{Name: "view.models", Keys: []string{"1"}, Group: groupShow, Title: "Models: which dashboards hang off a model", do: show(viewModels)},
		{Name: "view.dashboards", Keys: []string{"2"}, Group: groupShow, Title: "Dashboards: what a dashboard reads", do: show(viewDashboards)},
		{Name: "view.gaps", Keys: []string{"3"}, Group: groupShow, Title: "Gaps: what is not linked, why, and the cure", do: show(viewGaps)},
		{Name: "view.inbox", Keys: []string{"4"}, Group: groupShow, Title: "Inbox: new, renamed, moved and gone since the last review", do: show(viewInbox)},
		{Name: "view.other", Keys: []string{"t"}, Group: groupShow, Title: "this dashboard or model in the other view", Hint: "other view", reason: (*App).noTwin, do: still((*App).jumpToTwin)},
		{Name: "pane.focus", Keys: []string{"tab"}, Group: groupShow, Title: "go to the details and back", Hint: "details", do: still(func(a *App) { a.detailsFocused = !a.detailsFocused })},
		{Name: "pane.zoom", Keys: []string{"z"}, Group: groupShow, Title: "give the pane the whole screen, and back", do: still(func(a *App) { a.zoomed = !a.zoomed })},
		{Name: "pane.narrower", Keys: []string{"<"}, Group: groupShow, Title: "make the tree smaller", do: still(func(a *App) { a.share = max(a.share-5, 25) })},
		{Name: "pane.wider", Keys: []string{">"}, Group: groupShow, Title: "make the tree larger", do: still(func(a *App) { a.share = min(a.share+5, 75) })},
		{Name: "help", Keys: []string{"?"}, Group: groupShow, Title: "all keys; type to search, enter runs", Hint: "help", do: (*App).openHelp},
		{Name: "explain", Keys: []string{"p"}, Group: groupShow, Title: "the proof: why a dashboard or table is linked, or is not", Hint: "proof", reason: (*App).noProof, do: (*App).openProof},
	}
}

func fileActions() []Action {
	return []Action{
		{Name: "write", Keys: []string{"w"}, Group: groupFiles, Title: "show what would change in the YAML, then write it", Hint: "write", reason: (*App).cannotWrite, do: (*App).startWrite},
		{Name: "sync", Keys: []string{"r"}, Group: groupFiles, Title: "fetch Tableau metadata anew and read all files again, beside the screen", Hint: "sync", reason: (*App).cannotSync, do: (*App).startSync},
		{Name: "sync.show", Keys: []string{"R"}, Group: groupFiles, Title: "how far the sync is, stop it; what the last one said", reason: (*App).noSync, do: (*App).showSync},
		{Name: "browse", Keys: []string{"o"}, Group: groupFiles, Title: "open the dashboard or workbook in the browser", reason: (*App).noURL, do: (*App).openURL},
		{Name: "copy", Keys: []string{"y"}, Group: groupFiles, Title: "copy the unique_id of a resource, the address of a dashboard", reason: (*App).nothingToCopy, do: (*App).copyCurrent},
		{Name: "quit", Keys: []string{"q", "ctrl+c"}, Group: groupFiles, Title: "quit; every decision is already kept", Hint: "quit", do: (*App).quit},
	}
}
