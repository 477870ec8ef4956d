package explorer

func decideActions() []Action {
	return []Action{
		{Name: "decide.toggle", Keys: []string{" "}, Group: groupDecide, Title: "tick or untick; on a parent all shown below it", Hint: "tick", reason: (*App).nothingToDecide, do: (*App).tick},
		{Name: "decide.exclude", Keys: []string{"x"}, Group: groupDecide, Title: "exclude: decided against", Hint: "exclude", reason: (*App).nothingToDecide, do: (*App).exclude},
		{Name: "decide.include-shown", Keys: []string{"a"}, Group: groupDecide, Title: "tick everything that is shown", reason: (*App).nothingLoaded, do: (*App).includeShown},
		{Name: "decide.clear-shown", Keys: []string{"A"}, Group: groupDecide, Title: "make everything that is shown undecided", reason: (*App).nothingLoaded, do: (*App).clearShown},
		{Name: "decide.invert-shown", Keys: []string{"i"}, Group: groupDecide, Title: "swap ticked and undecided in what is shown", reason: (*App).nothingLoaded, do: (*App).invertShown},
		{Name: "decide.range", Keys: []string{"v"}, Group: groupDecide, Title: "start or end a range of rows", do: still((*App).toggleRange)},
		{Name: "decide.why", Keys: []string{"e"}, Group: groupDecide, Title: "write down why", reason: (*App).noDashboard, do: (*App).askWhy},
		{Name: "decide.cure", Keys: []string{"c"}, Group: groupDecide, Title: "cure what is not linked: apply a map, a pin or an ignore", Hint: "cure", reason: (*App).cannotCure, do: (*App).startCure},
		{Name: "inbox.review", Keys: []string{"m"}, Group: groupDecide, Title: "in the Inbox: mark as reviewed; of a group all shown", Hint: "reviewed", reason: (*App).notInInbox, do: (*App).review},
		{Name: "inbox.review-shown", Keys: []string{"M"}, Group: groupDecide, Title: "in the Inbox: mark everything that is shown as reviewed", reason: (*App).notInInbox, do: (*App).reviewShown},
		{Name: "decide.undo", Keys: []string{"u"}, Group: groupDecide, Title: "undo the last decision", Hint: "undo", reason: (*App).nothingToUndo, do: (*App).undo},
		{Name: "decide.redo", Keys: []string{"ctrl+r"}, Group: groupDecide, Title: "redo", reason: (*App).nothingToRedo, do: (*App).redo},
	}
}
