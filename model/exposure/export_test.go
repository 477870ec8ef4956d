package exposure

// What the tests outside of the package may see.
const MaxPlace = maxPlace

func Clean(s string) string { return clean(s) }
