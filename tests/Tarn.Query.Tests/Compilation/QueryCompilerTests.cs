using Tarn.Catalog.Tables;
using Tarn.DuckDb.NativeTables;
using Tarn.DuckDb.Results;
using Tarn.Query.Compilation;
using Tarn.Query.Sources;
using Tarn.Query.Statements;
using Tarn.Testing;

namespace Tarn.Query.Tests.Compilation;

public sealed class QueryCompilerTests
{
    [Fact]
    public async Task CompileAsync_GivenInputs_ReadsThoseObjectsOnly()
    {
        using var directory = new TempDirectory();
        await using var lake = await QueryLake.OpenAsync(directory.Path);
        await lake.CreateJsonTableAsync("default.t", "a bigint", "day string");
        await lake.AddPartitionAsync("default.t", "1");
        await lake.PutAsync("default.t", "1/a.json", "{\"a\":1}\n");
        var second = await lake.PutAsync("default.t", "1/b.json.bz2", "{\"a\":2}\n");
        var options = new CompileOptions
        {
            Inputs = new Dictionary<TableName, IReadOnlyList<Storage.Objects.ObjectKey>>
            {
                [new TableName("default", "t")] = [second.Key],
            },
        };

        using var query = await lake.Compiler.CompileAsync(
            "SELECT a, day FROM t", options, CancellationToken.None);
        using var session = lake.DuckDb.OpenSession();
        query.Attach(session);
        using var rows = await session.QueryAsync(query.DuckDbSql, CancellationToken.None);

        Assert.True(rows.Read());
        Assert.Equal((2L, "1"), (rows.GetValue(0), rows.GetValue(1)));
        Assert.False(rows.Read());
        Assert.Equal([second.Key], query.Inputs.Single().Objects.Select(info => info.Key));
        Assert.Equal(second.Size, query.Estimate.Bytes);
    }

    [Fact]
    public async Task RunAsync_LiveTable_JoinsWithATableOfTheCatalog()
    {
        using var directory = new TempDirectory();
        await using var lake = await QueryLake.OpenAsync(directory.Path, new Live(), new Echo());
        await lake.CreateJsonTableAsync("default.names", "id bigint; name string");
        await lake.PutAsync("default.names", "a.json", "{\"id\":2,\"name\":\"two\"}\n");

        Assert.Equal(
            "two|20",
            await lake.ReadAsync("SELECT n.name, l.total FROM names n JOIN live l ON l.id = n.id"));
        Assert.Equal("3", await lake.ReadAsync("SELECT count(*) FROM \"default\".live"));
        Assert.Equal("live\nnames", await lake.ReadAsync("SHOW TABLES"));
        Assert.Equal("done in default", await lake.ReadAsync("CREATE MATERIALIZED VIEW x AS SELECT 1"));
        Assert.Equal("a|s1\nb|NULL", await lake.ReadAsync("SHOW SOURCES"));

        await lake.CreateJsonTableAsync("default.live", "id bigint");
        Assert.Contains("AMBIGUOUS_NAME", await lake.ReadAsync("SELECT * FROM live"));
    }

    private sealed class Echo : IStatementHandler
    {
        public bool Handles(string sql) =>
            sql.StartsWith("CREATE MATERIALIZED VIEW", StringComparison.OrdinalIgnoreCase) || GivesRows(sql);

        public bool GivesRows(string sql) => sql == "SHOW SOURCES";

        public Task<StatementRows> ReadAsync(string sql, string database, CancellationToken cancellation) =>
            Task.FromResult(new StatementRows(["name", "stream"], [["a", "s1"], ["b", null]]));

        public Task<string> ExecuteAsync(string sql, string database, CancellationToken cancellation) =>
            Task.FromResult($"done in {database}");
    }

    private sealed class Live : ITableSource
    {
        private static readonly TableName Name = new("default", "live");

        public IReadOnlyList<TableName> List() => [Name];

        public ValueTask<INativeTable?> OpenAsync(TableName name, CancellationToken cancellation) =>
            new(name == Name ? new Rows() : null);
    }

    private sealed class Rows : INativeTable
    {
        public IReadOnlyList<DuckDbColumn> Columns { get; } =
            [new DuckDbColumn("id", "BIGINT"), new DuckDbColumn("total", "BIGINT")];

        public INativeTableScan Open() => new Scan();
    }

    private sealed class Scan : INativeTableScan
    {
        private bool _done;

        public int Fill(ColumnWriter writer)
        {
            if (_done)
            {
                return 0;
            }

            _done = true;
            for (var row = 0; row < 3; row++)
            {
                writer.SetInt64(0, row, row);
                writer.SetInt64(1, row, row * 10);
            }

            return 3;
        }

        public void Dispose()
        {
            // Nothing is held.
        }
    }
}
