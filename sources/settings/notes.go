package settings

import "darkroom/sources/schema"

// Notes describe every key of [Settings], for the JSON schema.
func Notes(words Vocabulary) schema.Notes {
	names := make([]string, len(words.Actions))
	for i, act := range words.Actions {
		names[i] = act.Name
	}
	return schema.Notes{
		"theme": {Says: "colours, as --theme", OneOf: words.Themes},
		"mouse": {Says: "false leaves the mouse to the terminal, as --no-mouse"},
		"ascii": {Says: "true draws with ASCII characters only, as --ascii"},
		"links": {Says: "false makes no links of addresses, as --no-links"},
		"keys":  {Says: "keys by the name of an action: one, a list, or none", Keys: names},
	}
}
