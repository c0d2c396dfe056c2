using Tarn.DuckDb.Results;

namespace Tarn.DuckDb.Tests;

/// <summary>An instance in a directory of its own: <c>lake/</c> is allowed, <c>outside/</c> is not.</summary>
internal sealed class DuckDbFixture : IDisposable
{
    public DuckDbFixture(long memoryBytesMax = 512L << 20, int threads = 2)
    {
        Root = Directory.CreateTempSubdirectory("tarn-duckdb-").FullName;
        Lake = Directory.CreateDirectory(Path.Combine(Root, "lake")).FullName;
        Outside = Directory.CreateDirectory(Path.Combine(Root, "outside")).FullName;
        Options = new DuckDbOptions
        {
            AllowedDirectories = [Lake],
            TempDirectory = Path.Combine(Root, "spill"),
            MemoryBytesMax = memoryBytesMax,
            Threads = threads,
        };
        Database = DuckDbInstance.Open(Options);
    }

    public string Root { get; }

    public string Lake { get; }

    public string Outside { get; }

    public DuckDbOptions Options { get; }

    public IDuckDb Database { get; }

    public void Dispose()
    {
        Database.Dispose();
        Directory.Delete(Root, recursive: true);
    }

    public static async Task<List<object?[]>> RowsAsync(IDuckDbSession session, string sql)
    {
        using var result = await session.QueryAsync(sql, CancellationToken.None);
        return Rows(result);
    }

    public static List<object?[]> Rows(IDuckDbResult result)
    {
        var rows = new List<object?[]>();
        while (result.Read())
        {
            rows.Add(Enumerable.Range(0, result.Columns.Count).Select(result.GetValue).ToArray());
        }

        return rows;
    }

    public static async Task<object?> ScalarAsync(IDuckDbSession session, string sql) =>
        (await RowsAsync(session, sql)).Single()[0];
}
