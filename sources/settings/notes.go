package settings

import "darkroom/sources/schema"

// Notes describe every key of [Settings], for the JSON schema.
func Notes(words Vocabulary) schema.Notes {
	names := make([]string, len(words.Actions))
	for i, act := range words.Actions {
		names[i] = act.Name
	}
	views := make([]string, len(words.Views))
	for i, v := range words.Views {
		views[i] = v.Name
	}
	return schema.Notes{
		"theme":           {Says: "colours, as --theme", OneOf: words.Themes},
		"mouse":           {Says: "false leaves the mouse to the terminal, as --no-mouse"},
		"ascii":           {Says: "true draws with ASCII characters only, as --ascii"},
		"links":           {Says: "false makes no links of addresses, as --no-links"},
		"views":           {Says: "how views begin, by name", Keys: views},
		"views.*.sort":    {Says: "a column to order by, with :desc for the other direction"},
		"views.*.columns": {Says: "columns that are shown at any width"},
		"views.*.group":   {Says: "what rows are grouped by, as the key b offers it"},
		"keys":            {Says: "keys by the name of an action: one, a list, or none", Keys: names},
	}
}
