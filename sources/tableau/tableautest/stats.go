package tableautest

import (
	"maps"
)

// Kind is a kind of request, for counting and for faults.
type Kind string

const (
	ServerInfo  Kind = "serverinfo"
	SignIn      Kind = "signin"
	SignOut     Kind = "signout"
	SwitchSite  Kind = "switchSite"
	Session     Kind = "session"
	Sites       Kind = "sites"
	Projects    Kind = "projects"
	Workbooks   Kind = "workbooks"
	Views       Kind = "views"
	Datasources Kind = "datasources"
	Users       Kind = "users"
	Connections Kind = "connections"
	Download    Kind = "download"
	Image       Kind = "image"
	Refresh     Kind = "refresh"
	Jobs        Kind = "jobs"
	Tasks       Kind = "tasks"
	GraphQL     Kind = "graphql"
	Backfill    Kind = "backfill"
	Collections Kind = "collections"
	Search      Kind = "search"
	Unknown     Kind = "unknown"
)

// Stats are the counters since the server was made.
type Stats struct {
	Requests    map[Kind]int
	Bytes       int64 // of bodies as sent, after compression
	Nodes       int64 // GraphQL objects served
	MaxNodes    int   // the most in one query
	SignIns     int   // sessions ever made
	Sessions    int   // sessions alive
	InFlight    int
	MaxInFlight int
	Queries     []string // the last 100 GraphQL texts, oldest first
}

// Total is the number of all requests.
func (s Stats) Total() int {
	n := 0
	for _, count := range s.Requests {
		n += count
	}
	return n
}

// Stats is a copy of the counters.
func (s *Server) Stats() Stats {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := s.stats
	out.Requests = maps.Clone(out.Requests)
	out.Queries = append([]string(nil), out.Queries...)
	out.Sessions = len(s.sessions)
	return out
}

func (s *Server) begin(kind Kind) (Switches, Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.stats.Requests[kind]++
	s.stats.InFlight++
	s.stats.MaxInFlight = max(s.stats.MaxInFlight, s.stats.InFlight)
	return s.switches, s.nextFault(kind)
}

func (s *Server) end() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.stats.InFlight--
}

func (s *Server) countBytes(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.stats.Bytes += int64(n)
}

// countQuery notes a query and returns its number, from 1.
func (s *Server) countQuery(text string) int {
	const remembered = 100
	s.mu.Lock()
	defer s.mu.Unlock()
	s.requests++
	s.stats.Queries = append(s.stats.Queries, text)
	if extra := len(s.stats.Queries) - remembered; extra > 0 {
		s.stats.Queries = append([]string(nil), s.stats.Queries[extra:]...)
	}
	return s.requests
}

func (s *Server) countNodes(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.stats.Nodes += int64(n)
	s.stats.MaxNodes = max(s.stats.MaxNodes, n)
}
