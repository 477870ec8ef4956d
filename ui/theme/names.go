package theme

// Names are the themes that --theme and config.yml take.
func Names() []Name { return []Name{Auto, Dark, Light, Plain} }
