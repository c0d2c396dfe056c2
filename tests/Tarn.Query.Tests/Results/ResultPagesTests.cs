using Tarn.Query.Executions;
using Tarn.Testing;

namespace Tarn.Query.Tests.Results;

public sealed class ResultPagesTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1000)]
    public async Task Read_PageAfterPage_GivesEachRowOnceInOrder(int size)
    {
        using var directory = new TempDirectory();
        await using var lake = await QueryLake.OpenAsync(directory.Path);
        var run = await lake.RunAsync(
            "SELECT n, CASE WHEN n % 3 = 0 THEN NULL WHEN n % 3 = 1 THEN '' ELSE 'a\"b' || chr(10) || ',é' END AS t "
                + "FROM UNNEST(sequence(1, 2500)) AS u (n)");
        Assert.True(run.State == QueryState.Succeeded, run.StateChangeReason);

        var found = new List<string>();
        for (long? row = 0; row is { } first;)
        {
            var page = await lake.Queries.ReadAsync(run.Id, first, size, CancellationToken.None);
            found.AddRange(page.Rows.Select(values => $"{values[0]}|{values[1] ?? "NULL"}"));
            row = page.NextRow;
        }

        var expected = Enumerable.Range(1, 2500).Select(n =>
            $"{n}|{(n % 3 == 0 ? "NULL" : n % 3 == 1 ? "" : "a\"b\n,é")}");
        Assert.Equal(expected, found);
    }

    [Fact]
    public async Task Read_AnyRowAfterAnyOther_BeginsThere()
    {
        using var directory = new TempDirectory();
        await using var lake = await QueryLake.OpenAsync(directory.Path);
        var run = await lake.RunAsync("SELECT n FROM UNNEST(sequence(0, 9999)) AS u (n)");
        long[] firsts = [9999, 0, 5000, 5003, 5001, 1000, 999, 9998, 10_000, 3];

        foreach (var first in firsts)
        {
            var page = await lake.Queries.ReadAsync(run.Id, first, 2, CancellationToken.None);
            Assert.Equal(
                Enumerable.Range(0, 10_000).Skip((int)first).Take(2).Select(n => $"{n}"),
                page.Rows.Select(row => row[0]));
        }
    }

    [Fact]
    public async Task Read_RowLongerThanTheBuffer_IsWhole()
    {
        using var directory = new TempDirectory();
        await using var lake = await QueryLake.OpenAsync(directory.Path);
        var run = await lake.RunAsync(
            "SELECT n, rpad('', 200000, 'x' || chr(10)) AS t FROM UNNEST(sequence(1, 3)) AS u (n)");

        var page = await lake.Queries.ReadAsync(run.Id, 1, 1, CancellationToken.None);

        var row = Assert.Single(page.Rows);
        Assert.Equal(("2", 200_000, 2L), (row[0], row[1]!.Length, page.NextRow));
    }
}
