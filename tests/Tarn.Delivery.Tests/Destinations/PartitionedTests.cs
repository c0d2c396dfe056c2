using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Tarn.Catalog.Tables;
using Tarn.Testing;

namespace Tarn.Delivery.Tests.Destinations;

/// <summary>Batches that become several objects: by keys out of records, and by the time that records tell.</summary>
public sealed class PartitionedTests : IDisposable
{
    private const string Name = "scores-to-lake";

    private readonly TempDirectory _directory = new();
    private readonly FakeTimeProvider _time = DeliveryLake.NewTime();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Keys_OutOfRecords_AreFolders()
    {
        await using var lake = await CreateAsync(ByGame(retrySeconds: 300), Faults.None);

        await lake.AppendAsync("""{"game":"chess","n":1}""", """{"game":"go","n":2}""", """{"game":"chess","n":3}""");
        await lake.AppendAsync("""{"n":4}""", "broken");
        await lake.FlushAsync();

        Assert.Equal(
            ["""{"game":"chess","n":1}{"game":"chess","n":3}"""], await lake.LinesAsync("by/game=chess/2026/"));
        Assert.Equal(["""{"game":"go","n":2}"""], await lake.LinesAsync("by/game=go/2026/"));
        var failures = await lake.LinesAsync("failed/metadata-extraction-failed/");
        Assert.Equal(
            ["DynamicPartitioning.MetadataExtractionFailed", "DynamicPartitioning.MetadataExtractionFailed"],
            failures.Select(Code));
        var status = (await lake.Delivery.FindAsync(Name, default))!;
        Assert.Equal((3, 2, 2), (status.Records, status.Objects, status.BadRecords));
    }

    [Fact]
    public async Task Keys_MoreThanABatchMayHave_FailWithTheLimit()
    {
        await using var lake = await CreateAsync(ByGame(retrySeconds: 300), Faults.None);

        await lake.AppendAsync([.. Enumerable.Range(0, 502).Select(n => $$"""{"game":"g{{n}}"}""")]);
        await lake.FlushAsync();

        var status = (await lake.Delivery.FindAsync(Name, default))!;
        Assert.Equal((500, 500, 2), (status.Records, status.Objects, status.BadRecords));
        Assert.All(
            await lake.LinesAsync("failed/processing-failed/"),
            line => Assert.Equal("DynamicPartitioning.ActivePartitionLimitExceeded", Code(line)));
    }

    [Fact]
    public async Task Keys_WhoseFolderCannotBeReached_FailAfterTheRetryTime()
    {
        var faults = Faults.Where(
            point => point.StartsWith("put:before:s3://lake/by/game=go", StringComparison.Ordinal));
        await using var lake = await CreateAsync(ByGame(retrySeconds: 30), faults);
        await lake.AppendAsync("""{"game":"chess","n":1}""", """{"game":"go","n":2}""");
        var flush = lake.Delivery.FlushAsync(Name, default);
        await lake.UntilAsync(status => status.LastError is not null);
        Assert.Empty(await lake.KeysAsync("failed/"));

        _time.Advance(TimeSpan.FromSeconds(31));
        await lake.UntilAsync(status => status.Records == 1);
        await flush;

        Assert.Equal(["S3.DeliveryFailed"], (await lake.LinesAsync("failed/processing-failed/")).Select(Code));
        Assert.Equal(["""{"game":"chess","n":1}"""], await lake.LinesAsync("by/"));
        Assert.Equal(1, (await lake.Delivery.FindAsync(Name, default))!.BadRecords);
    }

    [Theory]
    [InlineData("put:before:s3://lake/raw/scores/year=2026/month=11/day=23/hour=02", 1)]
    [InlineData("put:after:s3://lake/raw/scores/year=2026/month=11/day=22/hour=23", 1)]
    [InlineData("apply:before:delivery-checkpoint/", 2)]
    [InlineData("apply:after:delivery-checkpoint/", 2)]
    public async Task EventTime_StoppedAtEachStep_PlacesEachRecordOnceInItsHour(string point, int occurrence)
    {
        var met = 0;
        var faults = Faults.StopAt(at => at.StartsWith(point, StringComparison.Ordinal) && ++met == occurrence);
        await using (var lake = await CreateAsync(ByEventTime(), faults))
        {
            await lake.AppendAsync(
                """{"n":1,"at":{"time":"2026-11-23T02:59:59Z"}}""",
                """{"n":2,"at":{"time":"2026-11-22T23:30:00.5+00:00"}}""",
                """{"n":3}""",
                """{"n":4,"at":{"time":1763866800}}""");
            var flush = lake.Delivery.FlushAsync(Name, default);
            await faults.Hit;
            await lake.DisposeAsync();
            await Assert.ThrowsAnyAsync<Exception>(() => flush);
        }

        await using var again = await DeliveryLake.OpenAsync(_directory.Path, _time, Faults.None);
        await again.FlushAsync();

        Assert.Equal(["1"], Numbers(await again.LinesAsync("raw/scores/year=2026/month=11/day=23/hour=02/")));
        Assert.Equal(["2"], Numbers(await again.LinesAsync("raw/scores/year=2026/month=11/day=22/hour=23/")));
        Assert.Equal(["4"], Numbers(await again.LinesAsync("raw/scores/year=2025/month=11/day=23/hour=03/")));
        Assert.Single(await again.LinesAsync("raw/errors/scores/processing-failed/"));
        await again.ExpectPartitionsToEqualFoldersAsync();
        var status = (await again.Delivery.FindAsync(Name, default))!;
        Assert.Equal((3, 1), (status.Records, status.BadRecords));
    }

    [Fact]
    public async Task Members_WithoutAColumn_AreSuggestedUntilTheTableHasThem()
    {
        await using var lake = await CreateAsync(DeliveryLake.Spec.Destination, Faults.None);
        await lake.AppendAsync("""{"n":1,"combo":3}""", """{"n":2,"combo":2.5,"level":"easy"}""");
        await lake.FlushAsync();

        var before = (await lake.Delivery.FindAsync(Name, default))!.SuggestedColumns;
        var table = DeliveryLake.ScoresTable();
        var columns = table.Storage.Columns.Append(new Column("combo", "double"));
        await lake.Catalog.UpdateTableAsync(
            table with { Storage = table.Storage with { Columns = [.. columns] } }, default);
        var after = (await lake.Delivery.FindAsync(Name, default))!.SuggestedColumns;

        Assert.Equal(["combo double", "level string"], before.Select(column => $"{column.Key} {column.Value}"));
        Assert.Equal(["level string"], after.Select(column => $"{column.Key} {column.Value}"));
    }

    private static ObjectDestination ByGame(int retrySeconds) => new()
    {
        Output = new ObjectOutput
        {
            Bucket = "lake",
            Prefix = "by/game=!{partitionKeyFromQuery:game}/!{timestamp:yyyy}/",
            ErrorPrefix = "failed/!{firehose:error-output-type}/",
        },
        Partitioning = new DynamicPartitioning { RetrySeconds = retrySeconds },
        Steps = [new MetadataStep { Query = "{game: .game}" }],
    };

    private static ObjectDestination ByEventTime() =>
        (ObjectDestination)DeliveryLake.Spec.Destination with { EventTime = new EventTime("at.time", null) };

    private static string Code(string line)
    {
        using var failure = JsonDocument.Parse(line);
        return failure.RootElement.GetProperty("errorCode").GetString()!;
    }

    private static IEnumerable<string> Numbers(IEnumerable<string> lines) => lines.Select(line =>
    {
        using var record = JsonDocument.Parse(line);
        return record.RootElement.GetProperty("n").GetRawText();
    });

    private async Task<DeliveryLake> CreateAsync(DeliveryDestination destination, Faults faults)
    {
        var lake = await DeliveryLake.CreateAsync(_directory.Path, _time, faults);
        await lake.Delivery.PutAsync(DeliveryLake.Spec with { Destination = destination }, default);
        return lake;
    }
}
