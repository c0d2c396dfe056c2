using System.Globalization;
using Tarn.DuckDb;

namespace Tarn.ContinuousQueries.Tests.Aggregates;

/// <summary>Variances and regressions merged over many batches against DuckDB's over all records.</summary>
public sealed class MomentTests
{
    private const string Facts = "var_pop(rating) AS a, var_samp(rating) AS b, stddev_pop(rating) AS c, "
        + "stddev_samp(rating) AS d, sem(rating) AS e, covar_pop(rating, level) AS f, covar_samp(rating, level) AS g, "
        + "corr(rating, level) AS h, regr_slope(rating, level) AS i, regr_intercept(rating, level) AS j, "
        + "regr_r2(rating, level) AS k, regr_sxx(rating, level) AS l, regr_sxy(rating, level) AS m";

    /// <summary>Far from zero and close together, sums of squares would keep no digit of the variance.</summary>
    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 1e6)]
    [InlineData(3, 1e9)]
    public async Task View_NumbersFarFromZero_KeepsTheDigitsThatBatchKeeps(int seed, double offset)
    {
        var random = new Random(seed);
        await using var lake = await Lake.OpenAsync();
        await lake.RunAsync($"CREATE MATERIALIZED VIEW v AS SELECT {Facts} FROM scores");
        var all = new List<string>();
        for (var batch = 0; batch < 20; batch++)
        {
            var records = Enumerable.Range(0, random.Next(1, 200)).Select(_ => string.Create(
                CultureInfo.InvariantCulture,
                $$"""{"rating":{{offset + random.NextDouble()}},"level":{{random.Next(1_000)}}}""")).ToList();
            all.AddRange(records);
            await lake.PutAsync(records);
            await lake.CatchUpAsync("v");
        }

        using var duckDb = lake.OpenDuckDb("batch");
        using var session = EqualityTests.OpenBatch(duckDb, all);
        var expected = await NumbersAsync(session, $"SELECT {Facts} FROM scores");
        await lake.CatchUpAsync("v");
        session.RegisterTable("v", (await lake.OpenTableAsync("v"))!);
        var actual = await NumbersAsync(session, "SELECT * FROM v");

        // Of a number like the offset, a double keeps some 1e-16; both ways add up that error over all records.
        var bound = Math.Max(1e-12, offset * 1e-13);
        Assert.All(expected.Zip(actual), pair => Assert.True(
            Math.Abs(pair.First - pair.Second) <= bound * Math.Max(1, Math.Abs(pair.First)),
            $"{pair.Second:R} and not {pair.First:R}"));
    }

    /// <summary>DuckDB refuses to compute the variance of infinity; a view that counts the rest goes on.</summary>
    [Fact]
    public async Task View_InfiniteValue_GivesNaNInItsGroupOnly()
    {
        await using var lake = await Lake.OpenAsync();
        await lake.RunAsync("CREATE MATERIALIZED VIEW v AS SELECT user_id, var_pop(rating / level) AS a, "
            + "corr(rating / level, rating) AS b, count(*) AS n FROM scores GROUP BY user_id");

        await lake.PutAsync(
            """{"user_id":"a","rating":1,"level":0}""", """{"user_id":"a","rating":2,"level":1}""",
            """{"user_id":"b","rating":2,"level":1}""", """{"user_id":"b","rating":4,"level":1}""");
        await lake.CatchUpAsync("v");
        await lake.PutAsync("""{"user_id":"a","rating":3,"level":1}""");

        Assert.Equal(["a | NaN | NaN | 3", "b | 1 | 1 | 2"], await lake.RowsAsync("v"));
        Assert.Equal(0, lake.Status("v").BadRecords);
    }

    internal static async Task<IReadOnlyList<double>> NumbersAsync(IDuckDbSession session, string sql)
    {
        using var result = await session.QueryAsync(sql, CancellationToken.None);
        Assert.True(result.Read());
        return [.. Enumerable.Range(0, result.Columns.Count).Select(i => (double)result.GetValue(i)!)];
    }
}
