using System.Text;
using Tarn.ContinuousQueries.Statements;
using Tarn.DuckDb;
using Tarn.DuckDb.JsonRecords;
using Tarn.DuckDb.Results;

namespace Tarn.ContinuousQueries.Tests;

/// <summary>Every kind of view against the same SELECT run by DuckDB over all records at once.</summary>
public sealed class EqualityTests
{
    private static readonly IReadOnlyList<StatementText> Selects = StatementFile.Split(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "testdata/accepted.sql")));

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 4)]
    public async Task Views_RandomRecords_EqualBatch(int seed, int shards)
    {
        await using var lake = await Lake.OpenAsync(shards: shards);
        var random = new RandomScores(seed);
        var all = new List<string>();
        await PutAsync(40);
        foreach (var select in Selects)
        {
            await lake.RunAsync($"CREATE MATERIALIZED VIEW v{select.Line} AS {select.Text}");
        }

        foreach (var count in new[] { 0, 1, 300, 7 })
        {
            await PutAsync(count);
            await lake.CatchUpAsync($"v{Selects[^1].Line}");
        }

        await AssertEqualAsync(lake, all);
        await lake.RestartAsync();
        await PutAsync(100);
        await AssertEqualAsync(lake, all);

        async Task PutAsync(int count)
        {
            var records = random.Next(count);
            all.AddRange(records);
            await lake.PutAsync(records);
        }
    }

    /// <summary>A batch computation over all readable records.</summary>
    internal static IDuckDbSession OpenBatch(IDuckDb duckDb, IReadOnlyList<string> records)
    {
        var session = duckDb.OpenSession();
        session.RegisterTable("scores", new JsonRecordTable(
            [
                new("user_id", "VARCHAR"), new("game", "VARCHAR"), new("score", "BIGINT"), new("rating", "DOUBLE"),
                new("price", "DECIMAL(10,2)"), new("won", "BOOLEAN"), new("level", "INTEGER"),
                    new("played", "TIMESTAMP"),
                new DuckDbColumn("day", "DATE"),
            ],
            [.. records.Select(record => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(record))],
            _ => { }));
        return session;
    }

    private static async Task AssertEqualAsync(Lake lake, List<string> records)
    {
        using var duckDb = lake.OpenDuckDb("batch");
        using var session = OpenBatch(duckDb, records);
        foreach (var select in Selects)
        {
            var name = $"v{select.Line}";
            var expected = await TextRows.ReadAsync(session, select.Text);
            var actual = await lake.RowsAsync(name);
            Assert.True(
                expected.SequenceEqual(actual),
                string.Join('\n', [$"line {select.Line}: {select.Text}", "expected", .. expected, "got", .. actual]));
            var status = lake.Status(name);
            Assert.Equal(records.Count, status.Records + status.BadRecords);
            Assert.Null(status.Error);
        }
    }
}
