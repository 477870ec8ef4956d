// Package tableautest is a fake Tableau server: an http.Handler that shows
// darkroom snapshots through the REST and the Metadata API, with all the trouble
// that sources/tableau/API.md#the-fake-server lists, each at the turn of a switch.
// It knows no rule of darkroom's own and is not a client. Tests and the live demo use it.
//
//	s := tableautest.New(tableautest.Options{Snapshots: [][]byte{data}})
//	url := s.Serve(t)                                    // a free loopback port, stops by itself
//	s.Set(func(sw *tableautest.Switches) { sw.NodeLimit = 500 })
//	s.Inject(tableautest.TooMany(tableautest.Views, "1")) // the next views call only
//	…
//	s.Stats().Requests[tableautest.GraphQL]
//
// Package bigsite makes a snapshot of any size. Sign in with DefaultPATName and
// DefaultPATSecret, with Username and DefaultPassword, or with a JWT of the app
// DefaultClientID, DefaultSecretID, DefaultSecret.
//
// # What a server is: Options
//
//	Snapshots                  one or more sites; several documents of one site are merged; "" is the default site
//	RESTVersion                3.4: no Metadata API; 3.16: no JWT; 3.25: incremental refresh; 3.28: collections
//	Release                    of the GraphQL schema: 2021.1, 2022.3, 2024.1 …; before 2023.3 it takes no JWT
//	PATs Users Apps            who may sign in
//	Collections Files          what is in collections and downloads
//	Now                        the clock
//
// # What lasts: Switches, changed by Server.Set
//
//	NoGzip                     otherwise gzip when asked for
//	ServerInfoError            404003 or 404001, as old servers have it; /auth?format=xml says 9.3
//	ServerInfoNeedsAuth        401000 without a session
//	RedirectSignIn             301 to another host
//	RefusePasswords            PAT and JWT only
//	ManySessionsPerPAT         otherwise the second sign-in ends the first session
//	SessionCalls               a session dies after N calls
//	Lists BooleansAsText       the shapes of JSON lists and truth values
//	Collections CollectionPage the shapes of collections and their content, and how many come at once
//	JobPolls FinishCode        how long jobs take, in polls, and how they end
//	RefreshLimit               429000 after N refreshes; RefreshesHour: N within an hour
//	JobTakes IndexLag          jobs end by the clock; the Metadata API learns of it later
//	Metadata                   404 or FEATURE_DISABLED
//	BackfillRunning            warning on every answer, and in the status
//	NodeLimit                  NODE_LIMIT_EXCEEDED with partial data, counted, so that smaller pages succeed
//	NullInNonNull              and null where the schema has none, with graphql-java's own error
//	TimeLimitNodes             "Reached time limit" with partial data
//	TimeoutNodes               "timeout of 30000 millis" with data null
//	SilentClamp                first over 1000 is cut without MAX_PAGE_SIZE_EXCEEDED
//	UnstableOrder              a connection without orderBy has another order each time
//	EmptyPages                 nodes [] with hasNextPage true, before every page
//	StuckCursor                endCursor stays the same for ever
//	Duplicates                 a page repeats the last object of the one before
//	Redact                     null names, ids stay; FILTER_RESULTS leaves the rows out
//	SensitiveFilters           PERMISSIONS_MODE_SWITCHED when filtering by project
//
// # What passes: Faults, queued by Server.Inject
//
// Each meets one Kind of request, or any, after Skip others, Times times.
//
//	Unauthorized               401 of a good session: REST error, or Spring's JSON on the Metadata API
//	TooMany                    429 with or without Retry-After
//	Gateway                    502, 503, 504 in HTML
//	EmptyBody CutOff Stall     200 and nothing; half an answer; an answer when the test says so (or Fault.Delay)
//	MetadataError              any documented code, with data if it is a warning, and TIMEOUT, TIME_LIMIT
//
// # What is always so
//
// XML unless JSON is asked for. Numbers are texts in REST's JSON. A list that is
// empty is {}. The codes 400006, 401001, 401000, 403070, 404000, 404002, 404003,
// 404006, 409090 and 409093 come when they are due; jobs move on with every poll.
// An unknown field refuses the query as FieldUndefined; introspection gives the
// truth of the release. Connections page by base64 cursor, have an endCursor on the last page,
// clamp first at 1000, refuse after with offset, filter exactly and with case,
// double the results of doubled filter values, and answer filters of more than
// 20,000 values with an empty body. ServeTLS has a self-signed certificate.
//
// Where the snapshot says what an object links to, that is kept, even if it is
// "nothing"; what it does not say is worked out from the links of the others, as
// schema.graphql notes beside each field.
//
// # From other clients
//
// Not in sources/tableau/API.md, but what other clients rely on.
// TestRealClients (clients.sh) has the first two ask for everything there is.
//
//	tableauserverclient 0.42   a job's notes are an element; 400006 behind the last page;
//	                           sort=a:asc,b:desc; filters by tag; /auth?format=xml of old servers;
//	                           sites, one site by LUID or ?key=, connections of a data source,
//	                           one task by id
//	tableau-api-lib 0.1.50     includeUsageStatistics=True; "user":{"id":null} at sign-in;
//	                           the session's site after switchSite
//	DataHub 1.7                usage of every view once it is asked for, 0 where the snapshot has
//	                           none; GroupField, and role, dataType, aggregation … of fields
//	OpenMetadata 2.0           upstreamDatasources of a data source are published ones
//	dagster-tableau 0.29       projectName of a database
//
// # Unverified
//
// Taken from no source, because there was none: 401002 for a scope that a JWT lacks, which
// errorCode a bad claim gets, that a jti counts once and that the header must name the app too
// (one client leaves it out), the bodies of the backfill status and of a 404 of the Metadata
// API, the code of a site that is not the session's, and the texts of coded errors that
// sources/tableau/API.md#errors-of-a-query does not quote. Left out: favourites, usage-stats,
// impersonation, unified access tokens, everything that writes.
package tableautest
