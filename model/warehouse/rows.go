package warehouse

// The rows, by family; WAREHOUSES.md has the facts and their sources. If two rows
// have the same connection class, the first one counts where only one can.

// cloudRows are the warehouses of the large clouds.
func cloudRows() []Warehouse {
	return []Warehouse{
		{
			Adapter: "snowflake", Native: []string{"snowflake"}, Dialect: DialectSnowflake,
			Names: Names{
				Levels: 3, Fold: FoldUpper, Case: everyPart(CaseSameIfUnquoted), Quotes: QuotesNone, DefaultSchema: "PUBLIC",
				DatabaseText: DatabaseName,
			},
		},
		{
			Adapter: "bigquery", Native: []string{"bigquery", "googlebigquery"}, Dialect: DialectBigQuery,
			Names: Names{
				Levels: 3, Fold: FoldNone, Case: [3]Case{CaseSame, CaseOther, CaseOther}, Quotes: QuotesAll,
				DatabaseText: DatabaseName,
			},
			ProjectPaths: true, WildcardSources: true,
		},
		{
			Adapter: "redshift", Native: []string{"redshift"}, Related: []string{"postgres"}, Dialect: DialectRedshift,
			Hosts: []string{
				".redshift.amazonaws.com", ".redshift.amazonaws.com.cn",
				".redshift-serverless.amazonaws.com", ".redshift-serverless.amazonaws.com.cn",
			},
			Through: []string{"postgres"},
			Names: Names{
				Levels: 3, Fold: FoldLower, Case: everyPart(CaseSame), Quotes: QuotesAll, DefaultSchema: "public",
				DatabaseText: DatabaseName,
			},
		},
	}
}

// lakeRows are Spark, its family, and the engines that query a lake.
func lakeRows() []Warehouse {
	hive := Names{
		Levels: 2, Fold: FoldLower, Case: everyPart(CaseSame), Quotes: QuotesNone, DefaultSchema: "default", DatabaseText: DatabaseName,
	}
	glue := hive // what Athena calls a catalog, dbt-glue leaves out
	glue.DatabaseWhereKnown, glue.OnlyDatabase = true, "awsdatacatalog"
	return []Warehouse{
		{
			Adapter: "databricks", Native: []string{"databricks"}, Related: []string{"spark"}, Dialect: DialectSpark,
			Hosts: []string{
				".cloud.databricks.com", ".gcp.databricks.com", ".cloud.databricks.us", ".azuredatabricks.net",
				".databricks.azure.us", ".databricks.azure.cn",
			},
			Through: []string{"spark"},
			Names: Names{
				Levels: 3, Fold: FoldLower, Case: everyPart(CaseSame), Quotes: QuotesAll, DefaultSchema: "default",
				DatabaseText: DatabaseOrPath, NoDatabase: []string{"hive_metastore"},
			},
		},
		{
			Adapter: "spark", Related: []string{"databricks"}, Dialect: DialectSpark,
			Native: []string{"spark", "hive", "hadoophive", "hortonworkshadoophive", "awshadoophive", "maprhadoophive"},
			Names: Names{
				Levels: 2, Fold: FoldLower, Case: everyPart(CaseSame), Quotes: QuotesNone, DefaultSchema: "default",
				DatabaseText: DatabaseName,
			},
		},
		{
			Adapter: "hive", Dialect: DialectSpark, Names: hive,
			Native: []string{"hadoophive", "hortonworkshadoophive", "awshadoophive", "maprhadoophive"},
		},
		{Adapter: "impala", Dialect: DialectSpark, Speaks: []string{"hadoophive"}, Names: hive},
		{Adapter: "glue", Dialect: DialectSpark, Speaks: []string{"athena"}, Names: glue},
		{Adapter: "fabricspark", Dialect: DialectSpark, Names: assumed()},
		{
			Adapter: "trino", Aliases: []string{"starburst", "presto"}, Dialect: DialectStandard,
			Native: []string{"presto", "trino", "trino_jdbc", "starburst"},
			Names:  Names{Levels: 3, Fold: FoldLower, Case: everyPart(CaseSame), Quotes: QuotesAll, DatabaseText: DatabaseName},
		},
		{
			Adapter: "athena", Native: []string{"athena"}, Dialect: DialectStandard,
			Names: Names{
				Levels: 3, Fold: FoldLower, Case: everyPart(CaseSame), Quotes: QuotesAll, DefaultSchema: "default",
				DatabaseText: DatabaseName,
			},
		},
		{Adapter: "dremio", Native: []string{"dremio"}, Dialect: DialectStandard, Names: assumed()},
		{Adapter: "denodo", Native: []string{"denodo"}, Dialect: DialectStandard, Names: assumed()},
	}
}

// postgresRows are Postgres and what descends from it or has its SQL.
func postgresRows() []Warehouse {
	names := Names{
		Levels: 3, Fold: FoldLower, Case: everyPart(CaseSameIfUnquoted), Quotes: QuotesAll, DefaultSchema: "public",
		DatabaseText: DatabaseName,
	}
	speaks := []string{"postgres"}
	return []Warehouse{
		{
			Adapter: "postgres", Aliases: []string{"postgresql"}, Native: []string{"postgres"}, Dialect: DialectPostgres,
			Related: []string{"postgres_jdbc", "postgres_odbc"}, // CrateDB's plug-in has that name, too
			SQLOnly: []string{"postgresql"},
			Hosts:   []string{".rds.amazonaws.com", ".rds.amazonaws.com.cn", ".postgres.database.azure.com", ".supabase.co", ".neon.tech"},
			Through: []string{"postgres"},
			Names:   names,
		},
		{Adapter: "greenplum", Native: []string{"greenplum"}, Speaks: speaks, Dialect: DialectPostgres, Names: names},
		{Adapter: "cratedb", Dialect: DialectPostgres, Names: assumed()},
		{
			Adapter: "materialize", Speaks: speaks, Dialect: DialectPostgres, Names: names,
			Hosts: []string{".materialize.cloud"}, Through: speaks,
		},
		{
			Adapter: "risingwave", Speaks: speaks, Dialect: DialectPostgres, Names: names,
			Hosts: []string{".risingwave.cloud"}, Through: speaks,
		},
		{
			Adapter: "cockroachdb", Aliases: []string{"cockroach"}, Speaks: speaks, Dialect: DialectPostgres, Names: names,
			Hosts: []string{".cockroachlabs.cloud"}, Through: speaks,
		},
		{Adapter: "alloydb", Speaks: speaks, Dialect: DialectPostgres, Names: names},
		{Adapter: "timescaledb", Speaks: speaks, Dialect: DialectPostgres, Names: names},
		{
			Adapter: "yellowbrick", Speaks: speaks, Dialect: DialectPostgres, Names: names,
			Hosts: []string{".yellowbrickcloud.com"}, Through: speaks,
		},
		{
			Adapter: "duckdb", Aliases: []string{"motherduck"}, Native: []string{"duckdb", "duckdb_jdbc"}, Dialect: DialectDuckDB,
			Related: []string{"postgres"}, Hosts: []string{".motherduck.com"}, Through: []string{"postgres"},
			Names: Names{
				Levels: 3, Fold: FoldNone, Case: everyPart(CaseSame), Quotes: QuotesAll, DefaultSchema: "main",
				DatabaseText: DatabaseFile, NoDatabase: []string{"main", "memory"},
			},
		},
		{
			Adapter: "vertica", Native: []string{"vertica"}, Dialect: DialectVertica,
			Names: Names{
				Levels: 3, Fold: FoldNone, Case: everyPart(CaseSame), Quotes: QuotesAll, DefaultSchema: "public",
				DatabaseText: DatabaseName,
			},
		},
	}
}

// microsoftRows are SQL Server and its family.
func microsoftRows() []Warehouse {
	names := Names{
		Levels: 3, Fold: FoldNone, Case: everyPart(CaseSame), Quotes: QuotesAll, DefaultSchema: "dbo", DatabaseText: DatabaseName,
	}
	exact := names
	exact.Case = everyPart(CaseOther)
	return []Warehouse{
		{
			Adapter: "sqlserver", Native: []string{"sqlserver", "azure_sqldb"}, Related: []string{"azure_sql_dw"},
			Hosts:   []string{".rds.amazonaws.com", ".rds.amazonaws.com.cn", ".database.fabric.microsoft.com"},
			Through: []string{"sqlserver", "azure_sqldb"},
			Dialect: DialectTSQL, Names: names,
		},
		{
			Adapter: "synapse", Native: []string{"azure_sql_dw"}, Related: []string{"sqlserver", "azure_sqldb"},
			Hosts:   []string{".sql.azuresynapse.net", ".sql.azuresynapse.us", ".sql.azuresynapse.azure.cn"},
			Through: []string{"sqlserver", "azure_sqldb", "azure_sql_dw"},
			Dialect: DialectTSQL, Names: names,
		},
		{
			Adapter: "fabric", Native: []string{"azure_sqldb"}, Related: []string{"sqlserver", "azure_sql_dw"},
			Hosts:   []string{".datawarehouse.fabric.microsoft.com", ".datawarehouse.pbidedicated.windows.net"},
			Through: []string{"sqlserver", "azure_sqldb", "azure_sql_dw"},
			Dialect: DialectFabric, Names: exact,
		},
		{Adapter: "sybase", Dialect: DialectTSQL, Names: assumed()},
	}
}

// mysqlRows are MySQL, its family, and ClickHouse, where a schema is a database,
// too.
func mysqlRows() []Warehouse {
	names := Names{
		Levels: 2, Fold: FoldNone, Case: everyPart(CaseOther), Quotes: QuotesAll, SchemaIsDatabase: true, DatabaseText: DatabaseName,
	}
	oneCase := names
	oneCase.Case = everyPart(CaseSame)
	catalogd := func(only string) Names { // a catalog may be in front, which dbt leaves out
		n := names
		n.DatabaseWhereKnown, n.OnlyDatabase = true, only
		return n
	}
	speaks := []string{"mysql", "mysql_odbc"}
	return []Warehouse{
		{
			Adapter: "mysql", Aliases: []string{"mariadb"}, Dialect: DialectMySQL, Names: names,
			Native:  []string{"mysql", "mysql_odbc", "mariadb", "aurora", "googlecloudsql"},
			Related: []string{"memsql"},
			Hosts:   []string{".rds.amazonaws.com", ".rds.amazonaws.com.cn", ".mysql.database.azure.com", ".psdb.cloud", ".skysql.com"},
			Through: []string{"mysql", "mysql_odbc", "mariadb", "aurora"},
		},
		{
			Adapter: "tidb", Speaks: speaks, Dialect: DialectMySQL, Names: oneCase,
			Hosts: []string{".tidbcloud.com"}, Through: speaks,
		},
		{
			Adapter: "singlestore", Speaks: append([]string{"memsql"}, speaks...), Dialect: DialectMySQL, Names: names, DatabaseIsSchema: true,
			Hosts: []string{".svc.singlestore.com"}, Through: append([]string{"memsql"}, speaks...),
		},
		{Adapter: "doris", Speaks: speaks, Dialect: DialectMySQL, Names: catalogd("internal")},
		{
			Adapter: "starrocks", Speaks: speaks, Dialect: DialectMySQL, Names: catalogd("default_catalog"),
			Hosts: []string{".celerdata.com"}, Through: speaks,
		},
		{
			Adapter: "clickhouse", Native: []string{"clickhouse", "clickhouse_jdbc", "clickhouse_odbc"}, Dialect: DialectClickHouse,
			Names: names, SourceDatabaseIsSchema: true,
		},
	}
}

// otherRows are the warehouses without a family here.
func otherRows() []Warehouse {
	return []Warehouse{
		{
			Adapter: "teradata", Native: []string{"teradata"}, Related: []string{"tbio"}, Dialect: DialectTeradata,
			Names: Names{
				Levels: 2, Fold: FoldNone, Case: everyPart(CaseSame), Quotes: QuotesAll, SchemaIsDatabase: true,
				DatabaseText: DatabaseName,
			},
		},
		{
			Adapter: "oracle", Native: []string{"oracle"}, Dialect: DialectOracle,
			Names: Names{
				Levels: 2, Fold: FoldUpper, Case: [3]Case{CaseSame, CaseSameIfUnquoted, CaseSameIfUnquoted}, Quotes: QuotesNone,
				DatabaseWhereKnown: true, DatabaseText: DatabaseService,
			},
		},
		{Adapter: "exasol", Native: []string{"exasol", "exasolution"}, Dialect: DialectStandardUpper, Names: assumed()},
		{Adapter: "netezza", Native: []string{"netezza"}, Dialect: DialectStandardUpper, Names: assumed()},
		{Adapter: "db2", Native: []string{"db2"}, Dialect: DialectStandardUpper, Names: assumed()},
		{Adapter: "saphana", Native: []string{"saphana"}, Dialect: DialectStandardUpper, Names: assumed()},
	}
}
