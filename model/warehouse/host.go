package warehouse

import "strings"

// Host is the bare host of a server as BI tools write it, in lower case, without
// scheme, path, options, port and trailing dot. Only this function parses the text
// of a server.
func Host(server string) string {
	host := lower(server)
	if _, rest, ok := strings.Cut(host, "://"); ok {
		host = rest
	}
	if at := strings.IndexAny(host, "/:,;\\?"); at >= 0 {
		host = host[:at]
	}
	return strings.TrimSuffix(host, ".")
}

// Service is what follows host and port, "ORCL" of "db:1521/ORCL"; "" where nothing
// does.
func Service(server string) string {
	if _, rest, ok := strings.Cut(server, "://"); ok {
		server = rest
	}
	_, service, _ := strings.Cut(server, "/")
	service, _, _ = strings.Cut(service, "?")
	return strings.TrimSpace(service)
}

// lower is the form in which adapters, classes and hosts are compared.
func lower(s string) string { return strings.ToLower(strings.TrimSpace(s)) }
