using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Tarn.Formats.Compression;
using Tarn.Primitives.Errors;
using Tarn.Streams;
using Tarn.Testing;

namespace Tarn.Delivery.Tests;

public sealed class DeliveryStreamsTests : IDisposable
{
    private const string Hour04 = "raw/scores/year=2026/month=11/day=23/hour=04/";
    private const string Hour05 = "raw/scores/year=2026/month=11/day=23/hour=05/";

    private readonly TempDirectory _directory = new();
    private readonly FakeTimeProvider _time = DeliveryLake.NewTime();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Flush_OneBatch_IsOneObjectNamedByItsRangeAndRegistered()
    {
        await using var lake = await CreateAsync(DeliveryLake.Spec);
        var outcomes = await lake.AppendAsync("""{"n":1}""", "{ \"n\":\n2 }", "{\"n\":3}\n");

        await lake.FlushAsync();

        var key = Assert.Single(await lake.KeysAsync("raw/"));
        var (first, last) = (outcomes[0].SequenceNumber, outcomes[2].SequenceNumber);
        Assert.Equal($"{Hour04}scores-to-lake-{outcomes[0].ShardId}-{first}-{last}.json.gz", key);
        Assert.Equal("{\"n\":1}\n{ \"n\":2 }\n{\"n\":3}\n", await lake.ReadAsync(key));
        var partition = Assert.Single(await lake.Catalog.ListPartitionsAsync(DeliveryLake.Scores, default));
        Assert.Equal(["2026", "11", "23", "04"], partition.Values);
        Assert.Equal("s3://lake/" + Hour04, partition.Location);
        var status = (await lake.Delivery.FindAsync(DeliveryLake.Spec.Name, default))!;
        Assert.Equal((3, 1, 0, 0), (status.Records, status.Objects, status.BadRecords, status.LagMilliseconds));
        Assert.Equal("s3://lake/" + key, status.LastObject);
        Assert.Null(status.LastError);
    }

    [Theory]
    [InlineData(CompressionFormat.None, ".json")]
    [InlineData(CompressionFormat.Gzip, ".json.gz")]
    [InlineData(CompressionFormat.Bzip2, ".json.bz2")]
    [InlineData(CompressionFormat.Zstd, ".json.zst")]
    public async Task Flush_EachCompression_ReadsBackExactly(CompressionFormat compression, string extension)
    {
        await using var lake = await CreateAsync(
            DeliveryLake.With(output => output with { Compression = compression }));
        var payloads = Enumerable.Range(0, 5_000)
            .Select(n => $$"""{"n":{{n}},"text":"value {{n * 7919L % 1000}}"}""")
            .ToArray();
        foreach (var chunk in payloads.Chunk(500))
        {
            await lake.AppendAsync(chunk);
        }

        await lake.FlushAsync();

        var key = Assert.Single(await lake.KeysAsync("raw/"));
        Assert.EndsWith(extension, key, StringComparison.Ordinal);
        Assert.Equal(string.Join('\n', payloads) + "\n", await lake.ReadAsync(key));
    }

    [Fact]
    public async Task Buffer_OfSixtySeconds_HoldsUntilTheOldestRecordIsThatOld()
    {
        await using var lake = await CreateAsync(DeliveryLake.Spec);
        await lake.AppendAsync("""{"n":1}""");
        await lake.UntilAsync(status => status.LagMilliseconds > 0);

        _time.Advance(TimeSpan.FromSeconds(50));
        await lake.AppendAsync("""{"n":2}""");
        await lake.UntilAsync(status => status.LagMilliseconds > 51_000);
        Assert.Empty(await lake.KeysAsync("raw/"));

        _time.Advance(TimeSpan.FromSeconds(9));
        await lake.UntilAsync(status => status.Records == 2);
        Assert.Equal(["""{"n":1}""", """{"n":2}"""], await lake.LinesAsync());
    }

    [Fact]
    public async Task Buffer_OverItsBytes_IsDeliveredAtOnce()
    {
        await using var lake = await CreateAsync(DeliveryLake.With(output => output with { BufferBytesMax = 1 << 20 }));
        var payload = $$"""{"n":1,"text":"{{new string('x', 600_000)}}"}""";

        await lake.AppendAsync(payload);
        await lake.AppendAsync(payload);
        await lake.UntilAsync(status => status.Objects == 1);

        Assert.Equal([payload], await lake.LinesAsync());
    }

    [Fact]
    public async Task Flush_BatchAcrossAnHour_IsAnObjectPerHour()
    {
        await using var lake = await CreateAsync(DeliveryLake.With(output => output with { BufferSeconds = 900 }));
        _time.SetUtcNow(new DateTimeOffset(2026, 11, 23, 4, 59, 59, TimeSpan.Zero));
        await lake.AppendAsync("""{"n":1}""", """{"n":2}""");
        _time.SetUtcNow(new DateTimeOffset(2026, 11, 23, 5, 0, 0, TimeSpan.Zero));
        await lake.AppendAsync("""{"n":3}""");

        await lake.FlushAsync();

        Assert.Equal(["""{"n":1}""", """{"n":2}"""], await lake.LinesAsync(Hour04));
        Assert.Equal(["""{"n":3}"""], await lake.LinesAsync(Hour05));
        await lake.ExpectPartitionsToEqualFoldersAsync();
    }

    [Fact]
    public async Task Flush_RecordsThatAreNotObjects_AreKeptWithTheReason()
    {
        await using var lake = await CreateAsync(DeliveryLake.Spec);
        await lake.AppendAsync("""{"n":1}""", "not json", "[1,2]", """{"n":2}""");

        await lake.FlushAsync();

        Assert.Equal(["""{"n":1}""", """{"n":2}"""], await lake.LinesAsync());
        var errors = await lake.LinesAsync(
            "raw/errors/scores/processing-failed/year=2026/month=11/day=23/hour=04/");
        Assert.Equal(2, errors.Count);
        using var error = JsonDocument.Parse(errors[1]);
        string Text(string member) => error.RootElement.GetProperty(member).GetString()!;
        Assert.Equal("DataFormat.NotJson", Text("errorCode"));
        Assert.Equal("not a JSON object", Text("errorMessage"));
        Assert.Equal("[1,2]", Encoding.UTF8.GetString(Convert.FromBase64String(Text("rawData"))));
        var status = (await lake.Delivery.FindAsync(DeliveryLake.Spec.Name, default))!;
        Assert.Equal((2, 2), (status.Records, status.BadRecords));
    }

    [Fact]
    public async Task Flush_StreamCreatedAgain_StartsFromItsOldestAndCountsOn()
    {
        await using var lake = await CreateAsync(DeliveryLake.Spec);
        await lake.AppendAsync("""{"n":1}""");
        await lake.FlushAsync();
        await lake.Streams.DeleteAsync("scores", default);
        _time.Advance(TimeSpan.FromSeconds(1));
        await lake.Streams.CreateAsync(new StreamSpec { Name = "scores" }, default);
        await lake.AppendAsync("""{"n":2}""");

        await lake.FlushAsync();

        Assert.Equal(["""{"n":1}""", """{"n":2}"""], await lake.LinesAsync());
        Assert.Equal(2, (await lake.Delivery.FindAsync(DeliveryLake.Spec.Name, default))!.Records);
    }

    [Fact]
    public async Task Source_FromATime_LeavesOutWhatArrivedBefore()
    {
        await using var lake = await DeliveryLake.CreateAsync(_directory.Path, _time, Faults.None);
        await lake.AppendAsync("""{"n":1}""");
        _time.Advance(TimeSpan.FromSeconds(1));
        var source = new DeliverySource.FromStream("scores") { From = _time.GetUtcNow() };
        await lake.Delivery.PutAsync(DeliveryLake.Spec with { Source = source }, default);
        await lake.AppendAsync("""{"n":2}""");

        await lake.FlushAsync();

        Assert.Equal(["""{"n":2}"""], await lake.LinesAsync());
    }

    [Fact]
    public async Task Flush_SeveralShards_DeliversEach()
    {
        await using var lake = await CreateAsync(
            DeliveryLake.Spec with { Source = new DeliverySource.FromStream("wide") });
        var payloads = Enumerable.Range(0, 200).Select(n => $$"""{"n":{{n}}}""").ToArray();
        await lake.Streams.AppendAsync(
            "wide",
            [.. payloads.Select(payload => new Tarn.Streams.Records.StreamEntry(
                Encoding.UTF8.GetBytes(payload), Encoding.UTF8.GetBytes(payload)))],
            default);

        await lake.FlushAsync();

        Assert.Equal(3, (await lake.KeysAsync("raw/scores/")).Count);
        Assert.Equal(payloads.Order(), (await lake.LinesAsync()).Order());
    }

    [Fact]
    public async Task Put_OtherSettings_KeepsTheCheckpoint()
    {
        await using var lake = await CreateAsync(DeliveryLake.Spec);
        await lake.AppendAsync("""{"n":1}""");
        await lake.FlushAsync();

        var plain = DeliveryLake.With(output => output with { Compression = CompressionFormat.None });
        var status = await lake.Delivery.PutAsync(plain, default);
        await lake.AppendAsync("""{"n":2}""");
        await lake.FlushAsync();

        Assert.Equal((1, 2), (status.Records, status.Version));
        Assert.Equal([".gz", ".json"], (await lake.KeysAsync("raw/")).Select(Path.GetExtension).Order());
        Assert.Equal(["""{"n":1}""", """{"n":2}"""], await lake.LinesAsync());
    }

    [Fact]
    public async Task Delete_ForgetsItAndLeavesObjects()
    {
        await using var lake = await CreateAsync(DeliveryLake.Spec);
        await lake.AppendAsync("""{"n":1}""");
        await lake.FlushAsync();

        await lake.Delivery.DeleteAsync(DeliveryLake.Spec.Name, default);

        Assert.Null(await lake.Delivery.FindAsync(DeliveryLake.Spec.Name, default));
        Assert.Single(await lake.KeysAsync("raw/"));
        await ExpectFailureAsync(
            ErrorKind.NotFound, () => lake.Delivery.FlushAsync(DeliveryLake.Spec.Name, default));
    }

    [Fact]
    public async Task Flush_StreamIsGone_Fails()
    {
        await using var lake = await CreateAsync(DeliveryLake.Spec);
        await lake.Streams.DeleteAsync("scores", default);

        await ExpectFailureAsync(
            ErrorKind.NotFound, () => lake.Delivery.FlushAsync(DeliveryLake.Spec.Name, default));
        var status = (await lake.Delivery.FindAsync(DeliveryLake.Spec.Name, default))!;
        Assert.Equal("stream 'scores' does not exist", status.LastError);
    }

    [Fact]
    public async Task Flush_DestinationFailsUntilGivenUp_SaysWhyAndRecoversLater()
    {
        var isDown = true;
        var faults = Faults.Where(point => isDown && point.StartsWith("put:", StringComparison.Ordinal));
        await using var lake = await CreateAsync(DeliveryLake.Spec, faults);
        await lake.AppendAsync("""{"n":1}""");
        using var giveUp = new CancellationTokenSource();
        var flush = lake.Delivery.FlushAsync(DeliveryLake.Spec.Name, giveUp.Token);
        await lake.UntilAsync(status => status.LastError is not null && faults.Count > 2);
        await giveUp.CancelAsync();

        var failure = await Assert.ThrowsAsync<TarnException>(() => flush);
        Assert.Equal(ErrorKind.Unavailable, failure.Kind);
        Assert.Contains("fault injected at put:before", failure.Detail, StringComparison.Ordinal);

        isDown = false;
        await lake.UntilAsync(status => status is { Records: 1, LastError: null });
        Assert.Equal(["""{"n":1}"""], await lake.LinesAsync());
        Assert.Empty(Directory.GetFiles(lake.Store.StagingDirectory));
    }

    [Fact]
    public async Task Put_UnknownStreamOrTable_IsRefused()
    {
        await using var lake = await CreateAsync(DeliveryLake.Spec);

        await ExpectFailureAsync(
            ErrorKind.NotFound, () => lake.Delivery.PutAsync(
                DeliveryLake.Spec with { Source = new DeliverySource.FromStream("nope") }, default));
        await ExpectFailureAsync(
            ErrorKind.Invalid, () => lake.Delivery.PutAsync(
                DeliveryLake.Spec with { Destination = LakeLayout.Of(new TableTarget("raw", "nope")) }, default));
    }

    private static async Task ExpectFailureAsync(ErrorKind kind, Func<Task> act) =>
        Assert.Equal(kind, (await Assert.ThrowsAsync<TarnException>(act)).Kind);

    private async Task<DeliveryLake> CreateAsync(DeliverySpec spec, Faults? faults = null)
    {
        var lake = await DeliveryLake.CreateAsync(_directory.Path, _time, faults ?? Faults.None);
        await lake.Streams.CreateAsync(new StreamSpec { Name = "wide", ShardCount = 3 }, default);
        await lake.Delivery.PutAsync(spec, default);
        return lake;
    }
}
