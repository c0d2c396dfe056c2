using System.Globalization;
using System.Text;
using Tarn.ContinuousQueries.Snapshots;
using Tarn.ContinuousQueries.State;
using Tarn.DuckDb;

namespace Tarn.ContinuousQueries.Tests.Aggregates;

/// <summary>Estimates against what is exact, within the errors that the guide states.</summary>
public sealed class EstimateTests
{
    /// <summary>1.04 / sqrt(4096), as the guide has it.</summary>
    private const double StandardError = 0.01625;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Sketch_OfAnySize_IsWithinFourStandardErrors(int seed)
    {
        foreach (var size in new[] { 0, 1, 2, 10, 100, 511, 512, 513, 2_000, 10_000, 30_000, 200_000 })
        {
            var sketch = new DistinctSketch();
            for (var i = 0; i < size; i++)
            {
                sketch.Add(StableHash.Of(Encoding.UTF8.GetBytes($"user-{seed}-{i}")));
            }

            var wrong = Math.Abs(sketch.Estimate() - size);
            Assert.True(wrong <= Math.Ceiling(4 * StandardError * size), $"{sketch.Estimate()} of {size}");
        }
    }

    /// <summary>Whatever falls into which sketch and however often, of few and of many registers.</summary>
    [Theory]
    [InlineData(40, 60)]
    [InlineData(300, 400)]
    [InlineData(100, 50_000)]
    [InlineData(50_000, 100)]
    public void Sketch_OfTwoJoined_IsThatOfAll(int first, int second)
    {
        var (one, other, all) = (new DistinctSketch(), new DistinctSketch(), new DistinctSketch());
        for (var i = 0; i < first + second; i++)
        {
            var hash = StableHash.Of(BitConverter.GetBytes((long)i));
            (i < first ? one : other).Add(hash);
            all.Add(hash);
            all.Add(hash);
        }

        one.Add(other);

        Assert.Equal(Bytes(all), Bytes(one));
        Assert.Equal(all.Estimate(), one.Estimate());
    }

    /// <summary>Snapshots hold sketches of these hashes.</summary>
    [Theory]
    [InlineData("", 0xE220A8397B1DCDAF)]
    [InlineData("ann", 4877246708361708429)]
    [InlineData("eve with a long name", 6634142787340459972)]
    public void Hash_OfText_IsWhatItWas(string text, ulong expected) =>
        Assert.Equal(expected, StableHash.Of(Encoding.UTF8.GetBytes(text)));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task ApproxQuantile_OfAView_IsWithinOnePercent(int seed)
    {
        double[] quantiles = [0, 0.01, 0.25, 0.5, 0.9, 0.99, 1];
        var columns = string.Join(", ", quantiles.Select((q, i) => string.Create(
            CultureInfo.InvariantCulture, $"approx_quantile(rating, {q}) AS q{i}")));
        await using var lake = await Lake.OpenAsync();
        await lake.RunAsync($"CREATE MATERIALIZED VIEW v AS SELECT {columns} FROM scores");
        var random = new Random(seed);
        var values = Enumerable.Range(0, 3_000).Select(i => i % 100 == 0 ? 0
            : (random.Next(4) == 0 ? -1 : 1) * Math.Exp(random.NextDouble() * 40 - 20)).ToList();
        foreach (var chunk in values.Chunk(700))
        {
            await lake.PutAsync([.. chunk.Select(value => string.Create(
                CultureInfo.InvariantCulture, $$"""{"rating":{{value:R}}}"""))]);
            await lake.CatchUpAsync("v");
        }

        using var duckDb = lake.OpenDuckDb("reader");
        using var session = duckDb.OpenSession();
        session.RegisterTable("v", (await lake.OpenTableAsync("v"))!);
        var actual = await MomentTests.NumbersAsync(session, "SELECT * FROM v");
        values.Sort();
        Assert.All(quantiles.Zip(actual), pair =>
        {
            var exact = values[(int)Math.Floor((values.Count - 1) * pair.First)];
            Assert.True(
                Math.Abs(pair.Second - exact) <= Math.Abs(exact) * 0.010001, $"{pair.First}: {pair.Second}, {exact}");
        });
    }

    /// <summary>Whole numbers and decimals, several at once, NULLs and what is not a number.</summary>
    [Fact]
    public async Task ApproxQuantile_OfOtherTypesAndOddNumbers_GivesThem()
    {
        await using var lake = await Lake.OpenAsync();
        await lake.RunAsync("CREATE MATERIALIZED VIEW v AS SELECT user_id, approx_quantile(level, 0.5) AS a, "
            + "approx_quantile(price, [0.0, 1.0])[2] AS b, approx_quantile(rating / level, 1.0) AS c, "
            + "approx_quantile(-rating / level, 0) AS d FROM scores GROUP BY user_id");

        await lake.PutAsync(
            """{"user_id":"a","level":1,"price":10.5,"rating":2}""",
            """{"user_id":"a","level":0,"price":0,"rating":1}""",
            """{"user_id":"a","level":7,"rating":7}""",
            """{"user_id":"b"}""");

        Assert.Equal(
            ["a | 1 | 10.49 | Infinity | -Infinity", "b | NULL | NULL | NULL | NULL"], await lake.RowsAsync("v"));
    }

    private static byte[] Bytes(DistinctSketch sketch)
    {
        using var stream = new MemoryStream();
        var writer = new SnapshotWriter(stream);
        sketch.Save(writer);
        writer.Finish();
        return stream.ToArray();
    }
}
